import type { KnownBlock } from "@slack/types";
import type { Alert } from "../../alert/alert.ts";
import type { Form } from "../../interact/dialog.ts";
import { title } from "../../slack/text/alert-text.ts";
import { oneLine, pages, plain, revealAndCut } from "../../slack/text/text.ts";
import { seenBeforeBlocks } from "../seen-before/draw-seen-before.ts";
import type { SeenAlert } from "../seen-before/find-seen-before.ts";
import { detailsFacts, detailsParts, type Part, preformatted } from "./details-blocks.ts";
import type { DetailsAt } from "./details-controls.ts";
import { entityBlocks } from "./find-entities.ts";
import { type JsonNode, pathOf, tidy, walk } from "./json.ts";
import { foundBlocks, maxQueryLength, pageButtons, pageLine, partsBlock, searchInput } from "./paging.ts";

/** Far below Slack's 250 KB for a view, and about what a dialog shows without much scrolling. */
const pageLength = 2800;
/** A page of hidden characters becomes nine times as long when they are shown as marks. */
const maxShownLength = 12_000;

/** Draws the details dialog; null if the value that it is to show does not exist any more. */
export function drawDetails(view: DetailsView, at: DetailsAt): Form | null {
  return at.show === "value" ? drawValue(view, at) : drawParts(view, at);
}

/**
 * Draws the overview: people, addresses and fields of the alert with one page of its context, texts or a
 * sample event; or the results of a search. The submit button searches.
 */
function drawParts(view: DetailsView, wanted: Exclude<DetailsAt, { show: "value" }>): Form {
  const at = wanted.show === "found" ? { ...wanted, query: oneLine(wanted.query, maxQueryLength) } : wanted;
  const parts = detailsParts(view.alert, view.events);
  const [first] = parts;
  const part = at.show === "part" ? (parts.find(({ id }) => id === at.part) ?? first) : null;
  const blocks: KnownBlock[] = [
    { type: "header", text: plain(title(view.alert, 150), 150) },
    ...(part ? [...entityBlocks(parts), detailsFacts(view.alert, { ...view.place, now: view.now })] : []),
    ...(part ? seenBeforeBlocks(view.seen ?? [], { ...view.place, now: view.now }) : []),
    searchInput(at.show === "found" ? at.query : ""),
    partsBlock(parts, part),
    ...(part ? partBlocks(part, at.page, view.place.alertUrl) : []),
    ...(at.show === "found" ? foundBlocks(parts, at) : []),
  ];
  return { title: `Alert #${view.alert.number}`, submit: "Search", close: "Close", blocks };
}

function partBlocks({ id, value }: Part, wanted: number, alertUrl: string): KnownBlock[] {
  const texts = pages(tidy(value), pageLength);
  const page = Math.min(wanted, texts.length - 1);
  const paging = { of: id, page, count: texts.length };
  const text = revealAndCut(texts[page] ?? "", maxShownLength);
  return [preformatted(text), ...pageButtons(paging), pageLine(paging, alertUrl)];
}

/** What the details dialog is drawn from. */
interface DetailsView {
  alert: Alert;
  events: readonly unknown[];
  /** Earlier alerts that have something in common with this one. */
  seen?: readonly SeenAlert[];
  place: { timezone: string; alertUrl: string };
  now: Date;
}

/** A single field fits on one page; an object or a list may need several. */
const valuePageLength = 12_000;
const maxShownValueLength = 24_000;

/** Draws one value of an alert in full, in a block to copy from. Null if the value does not exist any more. */
function drawValue(view: DetailsView, at: Extract<DetailsAt, { show: "value" }>): Form | null {
  const part = detailsParts(view.alert, view.events).find(({ id }) => id === at.part);
  const node = part && nodeAt(part, at.n);
  if (!node) return null;
  const texts = pages(tidy(node.value), valuePageLength);
  const page = Math.min(at.page, texts.length - 1);
  const paging = { of: `${part.id}:${at.n}`, page, count: texts.length };
  const path = oneLine(pathOf(node), 220);
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "where", text: plain(path ? `${part.label} · ${path}` : part.label, 400) },
    preformatted(revealAndCut(texts[page] ?? "", maxShownValueLength)),
    ...pageButtons(paging),
    pageLine(paging, view.place.alertUrl),
  ];
  return { title: `Value from #${view.alert.number}`, blocks };
}

function nodeAt({ value }: Part, n: number): JsonNode | null {
  for (const node of walk(value)) if (node.n === n) return node;
  return null;
}
