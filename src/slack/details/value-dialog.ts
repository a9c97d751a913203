import type { KnownBlock, ModalView } from "@slack/types";
import { type DetailsAt, writeMemory } from "../../interact/memory.ts";
import { tellingModal } from "../../interact/dialog-blocks.ts";
import { oneLine } from "../text/one-line.ts";
import { pages } from "../text/pages.ts";
import { plain } from "../text/plain.ts";
import { show } from "../text/show.ts";
import type { DetailsView } from "./details-view.ts";
import { pathOf } from "./json/path-of.ts";
import { tidy } from "../../triage/details/json.ts";
import { type JsonNode, walk } from "./json/walk.ts";
import { detailsParts, type Part } from "../../triage/details/details-blocks.ts";
import { pageButtons, pageLine } from "../../triage/details/paging.ts";
import { preformatted } from "./parts/preformatted.ts";

/** Whatever a tool says in one field fits; a branch of an event may need several pages. */
const pageLength = 12_000;
const longestShown = 24_000;

/** One value of an alert whole, in a block to copy from. Null when there is no such value (any more). */
export function valueDialog(view: DetailsView, at: Extract<DetailsAt, { show: "value" }>): ModalView | null {
  const part = detailsParts(view.alert, view.events).find(({ id }) => id === at.part);
  const node = part && nodeAt(part, at.n);
  if (!node) return null;
  const texts = pages(tidy(node.value), pageLength);
  const page = Math.min(at.page, texts.length - 1);
  const paging = { of: `${part.id}:${at.n}`, page, count: texts.length };
  const path = oneLine(pathOf(node), 220);
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "where", text: plain(path ? `${part.label} · ${path}` : part.label, 400) },
    preformatted(show(texts[page] ?? "", longestShown)),
    ...pageButtons(paging),
    pageLine(paging, view.place.alertUrl),
  ];
  return {
    ...tellingModal(`One value of #${view.alert.number}`, blocks),
    callback_id: "details",
    private_metadata: writeMemory({ ...view.card, dialog: "details", at }),
  };
}

function nodeAt({ value }: Part, n: number): JsonNode | null {
  for (const node of walk(value)) if (node.n === n) return node;
  return null;
}
