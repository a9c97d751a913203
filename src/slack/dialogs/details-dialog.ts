import type {
  ActionsBlock,
  Button,
  ContextBlock,
  KnownBlock,
  ModalView,
  PlainTextOption,
} from "@slack/types";
import type { Alert } from "../../alert/alert.ts";
import { title } from "../card/parts/title.ts";
import { webLink } from "../text/address/web-link.ts";
import { pages } from "../text/pages.ts";
import { plain } from "../text/plain.ts";
import { show } from "../text/show.ts";
import { type CardRef, writeMemory } from "./memory.ts";
import { detailsFacts } from "./parts/details-facts.ts";
import { detailsParts, type Part } from "./parts/details-parts.ts";
import { tellingModal } from "./parts/modal.ts";

/** Far below Slack's 250 KB for a view, and about as much as a dialog shows without much scrolling. */
const pageLength = 2800;
/** A page of nothing but hidden characters, written out, would be nine times as long. */
const longestShown = 12_000;

export interface DetailsView {
  alert: Alert;
  events: readonly unknown[];
  place: { timezone: string; alertUrl: string };
  now: Date;
  card: CardRef;
  /** What is shown: a part's value and its page, counted from 0. Another's, or none, shows the first. */
  at: { part: string; page: number };
}

/** The alert's fields, and below them one page of its context, texts or a sample event. */
export function detailsDialog(view: DetailsView): ModalView {
  const parts = detailsParts(view.alert, view.events);
  const [first] = parts;
  const part = parts.find(({ value }) => value === view.at.part) ?? first;
  const texts = pages(part.text, pageLength);
  const page = Math.min(view.at.page, texts.length - 1);
  const shown = { part: part.value, page };
  const blocks: KnownBlock[] = [
    { type: "header", text: plain(title(view.alert, 150), 150) },
    detailsFacts(view.alert, { ...view.place, now: view.now }),
    partSelect(parts, part),
    preformatted(show(texts[page] ?? "", longestShown)),
    ...pageButtons(shown, texts.length),
    footer(page, texts.length, view.place.alertUrl),
  ];
  const memory = writeMemory({ ...view.card, dialog: "details", ...shown });
  return {
    ...tellingModal(`Alert #${view.alert.number}`, blocks),
    callback_id: "details",
    private_metadata: memory,
  };
}

function partSelect(parts: Part[], chosen: Part): ActionsBlock {
  return {
    type: "actions",
    block_id: `part:${chosen.value}`,
    elements: [
      {
        type: "static_select",
        action_id: "part",
        options: parts.map(option),
        initial_option: option(chosen),
      },
    ],
  };
}

function option({ label, value }: Part): PlainTextOption {
  return { text: plain(label, 75), value };
}

function preformatted(text: string): KnownBlock {
  const elements = [{ type: "text" as const, text: text || "–" }];
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] };
}

function pageButtons({ part, page }: { part: string; page: number }, count: number): ActionsBlock[] {
  const elements: Button[] = [];
  if (page > 0) elements.push(pageButton("page:prev", "Previous", page - 1));
  if (page < count - 1) elements.push(pageButton("page:next", "Next", page + 1));
  return elements.length > 0 ? [{ type: "actions", block_id: `page:${part}:${page}`, elements }] : [];
}

function pageButton(actionId: string, label: string, page: number): Button {
  return { type: "button", action_id: actionId, text: plain(label, 75), value: String(page) };
}

function footer(page: number, count: number, alertUrl: string): ContextBlock {
  const where = count > 1 ? `Page ${page + 1} of ${count} · ` : "";
  const text = `${where}everything is at ${webLink(alertUrl) ?? "its page in Tocsin"}`;
  return { type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] };
}
