import type { ActionsBlock, Button, ContextBlock } from "@slack/types";
import { webLink } from "../../slack/text/addresses.ts";
import { plain } from "../../slack/text/plain.ts";

/** Where in something long a dialog is. */
export interface Paging {
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
