import type { KnownBlock, ModalView } from "@slack/types";
import { title } from "../../slack/card/parts/title.ts";
import type { DetailsAt } from "../../interact/memory.ts";
import { askingModal } from "../../interact/dialog-blocks.ts";
import { oneLine } from "../../slack/text/one-line.ts";
import { pages } from "../../slack/text/pages.ts";
import { plain } from "../../slack/text/plain.ts";
import { show } from "../../slack/text/show.ts";
import type { DetailsView } from "../../slack/details/details-view.ts";
import { tidy } from "./json.ts";
import { detailsFacts } from "../../slack/details/parts/details-facts.ts";
import { detailsParts, type Part } from "./details-blocks.ts";
import { foundBlocks } from "../../slack/details/parts/found-blocks.ts";
import { pageButtons, pageLine } from "./paging.ts";
import { partSelect } from "../../slack/details/parts/part-select.ts";
import { preformatted } from "../../slack/details/parts/preformatted.ts";
import { longestQuery, searchInput } from "../../slack/details/parts/search-input.ts";
import { tellingLines } from "../../slack/details/parts/telling-lines.ts";

/** Far below Slack's 250 KB for a view, and about as much as a dialog shows without much scrolling. */
const pageLength = 2800;
/** A page of nothing but hidden characters, written out, would be nine times as long. */
const longestShown = 12_000;

/**
 * Who and what the alert names, its fields, and below them one page of its context, texts or a sample event;
 * or what a search found. Its submit button searches.
 */
export function detailsDialog(view: DetailsView, asked: Exclude<DetailsAt, { show: "value" }>): ModalView {
  const at = asked.show === "found" ? { ...asked, query: oneLine(asked.query, longestQuery) } : asked;
  const parts = detailsParts(view.alert, view.events);
  const [first] = parts;
  const part = at.show === "part" ? (parts.find(({ id }) => id === at.part) ?? first) : null;
  const blocks: KnownBlock[] = [
    { type: "header", text: plain(title(view.alert, 150), 150) },
    ...(part ? [...tellingLines(parts), detailsFacts(view.alert, { ...view.place, now: view.now })] : []),
    searchInput(at.show === "found" ? at.query : ""),
    partSelect(parts, part),
    ...(part ? partBlocks(part, at.page, view.place.alertUrl) : []),
    ...(at.show === "found" ? foundBlocks(parts, at) : []),
  ];
  const memory = { ...view.card, dialog: "details" as const, at };
  return askingModal(`Alert #${view.alert.number}`, "Search", { memory, blocks, close: "Close" });
}

function partBlocks({ id, value }: Part, wanted: number, alertUrl: string): KnownBlock[] {
  const texts = pages(tidy(value), pageLength);
  const page = Math.min(wanted, texts.length - 1);
  const paging = { of: id, page, count: texts.length };
  const text = show(texts[page] ?? "", longestShown);
  return [preformatted(text), ...pageButtons(paging), pageLine(paging, alertUrl)];
}
