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
import { type Found, findValues } from "./find-values.ts";
import { pathOf, tidy } from "./json.ts";

/** Where in something long a dialog is. */
interface Paging {
  /** Tells these buttons from those of another page, under a `block_id`. */
  of: string;
  page: number;
  count: number;
}

/** Buttons to the pages before and after; none where there is but one. */
export function pageButtons({ of, page, count }: Paging): ActionsBlock[] {
  const elements: Button[] = [];
  if (page > 0) elements.push(button("page:prev", "Previous", page - 1));
  if (page < count - 1) elements.push(button("page:next", "Next", page + 1));
  return elements.length > 0 ? [{ type: "actions", block_id: `page:${of}:${page}`, elements }] : [];
}

/** Which page it is, and where everything is. */
export function pageLine({ page, count }: Paging, alertUrl: string): ContextBlock {
  const where = count > 1 ? `Page ${page + 1} of ${count} · everything` : "Everything";
  const text = `${where} is at ${webLink(alertUrl) ?? "its page in Tocsin"}`;
  return { type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] };
}

function button(actionId: string, label: string, page: number): Button {
  return { type: "button", action_id: actionId, text: plain(label, 75), value: String(page) };
}

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

/** Chooses which part is shown. Among search results none is, and choosing leads back. */
export function partSelect(parts: readonly Part[], chosen: Part | null): ActionsBlock {
  return {
    type: "actions",
    block_id: `part:${chosen?.id ?? "none"}`,
    elements: [
      {
        type: "static_select",
        action_id: "part",
        placeholder: plain("Back to…", 150),
        options: parts.map(option),
        ...(chosen && { initial_option: option(chosen) }),
      },
    ],
  };
}

function option({ label, id }: Part): PlainTextOption {
  return { text: plain(label, 75), value: id };
}

/** The name of what was typed, in what Slack sends back. */
export const searchAction = "query";

export const longestQuery = 100;

/** Where one looks for a path or a value. The dialog's submit button says Search; an emptied one shows all again. */
export function searchInput(query: string): InputBlock {
  return {
    type: "input",
    // A client keeps what was typed as long as the id is the same: leaving the results empties it.
    block_id: query ? "search:found" : "search",
    optional: true,
    label: plain("Find a field or a value", 100),
    element: {
      type: "plain_text_input",
      action_id: searchAction,
      max_length: longestQuery,
      placeholder: plain("user.email, or 203.0.113.7", 150),
      ...(query && { initial_value: query }),
    },
  };
}
