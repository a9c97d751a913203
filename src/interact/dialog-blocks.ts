import type { KnownBlock, ModalView } from "@slack/types";
import { oneLine } from "../slack/text/one-line.ts";
import { plain } from "../slack/text/plain.ts";
import { type Memory, writeMemory } from "./memory.ts";

/** A dialog that only tells. Slack allows 24 characters for its title and its buttons. */
export function tellingModal(title: string, blocks: KnownBlock[]): ModalView {
  return { type: "modal", callback_id: "info", title: label(title), close: label("Close"), blocks };
}

/** A dialog that asks; what it remembers comes back with its answer. */
export function askingModal(
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
