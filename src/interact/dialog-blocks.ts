import type { ContextBlock, InputBlock, KnownBlock, ModalView, PlainTextOption } from "@slack/types";
import type { Alert } from "../alert/alert.ts";
import { severityDot, title } from "../slack/text/alert-text.ts";
import { plain, revealAndCut } from "../slack/text/text.ts";
import { modal } from "./dialog.ts";

/** A dialog with a few sentences, for example a refusal. The person's typed text is shown below, to copy. */
export function infoDialog(title: string, sentences: string, typed: string | null = null): ModalView {
  const blocks: KnownBlock[] = [{ type: "section", text: plain(sentences, 2000) }];
  if (typed?.trim()) {
    const elements = [{ type: "text" as const, text: revealAndCut(typed, 3000) }];
    blocks.push({ type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] });
  }
  return modal("info", { title, blocks });
}

/** Opened first when drawing takes too long, because a trigger lasts only 3 seconds. */
export function loadingDialog(): ModalView {
  return infoDialog("One moment…", "One moment…");
}

/** The alert that a dialog is about: `🔴 HIGH · Impossible travel for eve@acme.example`. */
export function alertLine(alert: Alert): ContextBlock {
  const line = `${severityDot[alert.severity]} ${alert.severity} · ${title(alert, 300)}`;
  return { type: "context", block_id: "what", elements: [plain(line, 400)] };
}

/** A select in a dialog, whose answer is the field's `choice`. Its option at `first` is chosen already. */
export function choice(blockId: string, label: string, options: PlainTextOption[], first = 0): InputBlock {
  const [fallback] = options;
  const initial = options[first] ?? fallback;
  return {
    type: "input",
    block_id: blockId,
    label: plain(label, 100),
    element: {
      type: "static_select",
      action_id: "choice",
      options,
      ...(initial && { initial_option: initial }),
    },
  };
}

export function option(value: string, label: string): PlainTextOption {
  return { text: plain(label, 75), value };
}
