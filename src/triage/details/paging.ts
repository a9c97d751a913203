import type {
  ActionsBlock,
  Button,
  ContextBlock,
  InputBlock,
  KnownBlock,
  PlainTextOption,
  SectionBlock,
} from "@slack/types";
import { webLink } from "../../slack/text/addresses.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import type { Part } from "./details-blocks.ts";
import { nextPage, openValue, partSelect, previousPage } from "./details-controls.ts";
import { type Found, findValues } from "./find-values.ts";
import { pathOf, tidy } from "./json.ts";

/** The page of a long text or list that a dialog shows. */
interface Paging {
  /** Makes the buttons' `block_id` unique. */
  of: string;
  page: number;
  count: number;
}

/** Buttons to the previous and the next page; none if there is only one page. */
export function pageButtons({ of, page, count }: Paging): ActionsBlock[] {
  const elements: Button[] = [];
  if (page > 0) elements.push(previousPage.draw(page - 1));
  if (page < count - 1) elements.push(nextPage.draw(page + 1));
  return elements.length > 0 ? [{ type: "actions", block_id: `page:${of}:${page}`, elements }] : [];
}

/** The page number, and a link to the whole alert. */
export function pageLine({ page, count }: Paging, alertUrl: string): ContextBlock {
  const position = count > 1 ? `Page ${page + 1} of ${count} · ` : "";
  const text = `${position}${webLink(alertUrl, "Open in Tocsin") ?? "Full alert on its page in Tocsin"}`;
  return { type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] };
}

const resultsPerPage = 20;
const maxValueLength = 300;

/** One page of a search's results, each with a button that shows the value in full. */
export function foundBlocks(
  parts: readonly Part[],
  { query, page: wanted }: { query: string; page: number },
): KnownBlock[] {
  const { found, more } = findValues(parts, query);
  const count = Math.max(1, Math.ceil(found.length / resultsPerPage));
  const page = Math.min(wanted, count - 1);
  const shown = found.slice(page * resultsPerPage, (page + 1) * resultsPerPage);
  return [
    { type: "section", block_id: "found", text: plain(resultCount(query, found.length, more), 400) },
    ...shown.map(entry),
    ...pageButtons({ of: "found", page, count }),
  ];
}

function resultCount(query: string, count: number, more: boolean): string {
  const typed = `“${query}”`;
  if (count === 0)
    return `No path or value contains ${typed}. Try a shorter text; upper and lower case are the same.`;
  if (more) return `The first ${count} matches for ${typed}. Enter a longer text to narrow the search.`;
  return `${count === 1 ? "1 match" : `${count} matches`} for ${typed}.`;
}

function entry({ part, node }: Found): SectionBlock {
  const path = oneLine(pathOf(node), 220);
  const name = path ? `${part.label} · ${path}` : part.label;
  return {
    type: "section",
    block_id: `found:${part.id}:${node.n}`,
    text: plain(`${name}\n${oneLine(tidy(node.value), maxValueLength) || "(empty)"}`, 1000),
    accessory: openValue.draw({ part: part.id, n: node.n, path: path || part.label }),
  };
}

/** The select of the part to show. Search results belong to no part, so there it leads back to the details. */
export function partsBlock(parts: readonly Part[], chosen: Part | null): ActionsBlock {
  return {
    type: "actions",
    block_id: `part:${chosen?.id ?? "none"}`,
    elements: [partSelect.draw({ options: parts.map(option), chosen: chosen && option(chosen) })],
  };
}

function option({ label, id }: Part): PlainTextOption {
  return { text: plain(label, 75), value: id };
}

/** The query's action id in a submission. */
export const searchAction = "query";

export const maxQueryLength = 100;

/** The search field. The dialog's submit button is Search; an empty query shows the details again. */
export function searchInput(query: string): InputBlock {
  return {
    type: "input",
    // Slack's clients keep a typed text while the block ID is the same; a new one clears it after the results.
    block_id: query ? "search:found" : "search",
    optional: true,
    label: plain("Find a field or a value", 100),
    element: {
      type: "plain_text_input",
      action_id: searchAction,
      max_length: maxQueryLength,
      placeholder: plain("user.email, or 203.0.113.7", 150),
      ...(query && { initial_value: query }),
    },
  };
}
