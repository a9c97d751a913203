import type { ContextBlock, KnownBlock, ModalView } from "@slack/types";
import type { Alert } from "../alert/alert.ts";
import { severityDot, title } from "../slack/text/alert-text.ts";
import { oneLine, plain, revealAndCut } from "../slack/text/text.ts";
import { type Memory, writeMemory } from "./memory.ts";

/** A dialog without a submit button. Slack allows 24 characters for a dialog's title and buttons. */
export function infoModal(title: string, blocks: KnownBlock[]): ModalView {
  return { type: "modal", callback_id: "info", title: label(title), close: label("Close"), blocks };
}

/** A dialog with a submit button. Its memory comes back with the submission. */
export function formModal(
  title: string,
  submit: string,
  content: { memory: Memory; blocks: KnownBlock[]; close?: "Cancel" | "Close" },
): ModalView {
  return {
    type: "modal",
    callback_id: content.memory.dialog,
    title: label(title),
    submit: label(submit),
    close: label(content.close ?? "Cancel"),
    private_metadata: writeMemory(content.memory),
    blocks: content.blocks,
  };
}

function label(text: string) {
  return plain(oneLine(text, 24), 24);
}

/** A dialog with a few sentences, for example a refusal. The person's typed text is shown below, to copy. */
export function infoDialog(title: string, sentences: string, typed: string | null = null): ModalView {
  const blocks: KnownBlock[] = [{ type: "section", text: plain(sentences, 2000) }];
  if (typed?.trim()) {
    const elements = [{ type: "text" as const, text: revealAndCut(typed, 3000) }];
    blocks.push({ type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] });
  }
  return infoModal(title, blocks);
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
