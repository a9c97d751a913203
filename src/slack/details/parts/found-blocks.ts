import type { KnownBlock, SectionBlock } from "@slack/types";
import { oneLine } from "../../text/one-line.ts";
import { plain } from "../../text/plain.ts";
import { type Found, findValues } from "../../../triage/details/find-values.ts";
import { pathOf } from "../json/path-of.ts";
import { tidy } from "../../../triage/details/json.ts";
import type { Part } from "../../../triage/details/details-blocks.ts";
import { pageButtons } from "../../../triage/details/paging.ts";

const foundOnAPage = 20;
const longestValue = 300;

/** What a search found, a page of it, each with a button that shows it whole. */
export function foundBlocks(
  parts: readonly Part[],
  { query, page: wanted }: { query: string; page: number },
): KnownBlock[] {
  const { found, more } = findValues(parts, query);
  const count = Math.max(1, Math.ceil(found.length / foundOnAPage));
  const page = Math.min(wanted, count - 1);
  const shown = found.slice(page * foundOnAPage, (page + 1) * foundOnAPage);
  return [
    { type: "section", block_id: "found", text: plain(howMany(query, found.length, more), 400) },
    ...shown.map(entry),
    ...pageButtons({ of: "found", page, count }),
  ];
}

function howMany(query: string, count: number, more: boolean): string {
  const typed = `“${query}”`;
  if (count === 0)
    return `Nothing here has ${typed} in its path or its value. Try a part of it; case doesn't matter.`;
  if (more) return `The first ${count} places with ${typed}. Type more of it to see fewer.`;
  return `${typed} stands in ${count === 1 ? "1 place" : `${count} places`}.`;
}

function entry({ part, node }: Found): SectionBlock {
  const path = oneLine(pathOf(node), 220);
  const name = path ? `${part.label} · ${path}` : part.label;
  return {
    type: "section",
    block_id: `found:${part.id}:${node.n}`,
    text: plain(`${name}\n${oneLine(tidy(node.value), longestValue) || "(empty)"}`, 1000),
    accessory: {
      type: "button",
      action_id: "value",
      text: plain("Open", 75),
      accessibility_label: oneLine(`Open ${path || part.label}`, 75),
      value: `${node.n} ${part.id}`,
    },
  };
}
