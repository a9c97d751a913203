import type { KnownBlock, ModalView } from "@slack/types";
import { plain } from "../text/plain.ts";
import { show } from "../text/show.ts";
import { tellingModal } from "../../interact/dialog-blocks.ts";

/**
 * A dialog of a few sentences, as a refusal or "somebody was quicker". What the person had typed is given
 * back below, to be copied.
 */
export function infoDialog(title: string, sentences: string, typed: string | null = null): ModalView {
  const blocks: KnownBlock[] = [{ type: "section", text: plain(sentences, 2000) }];
  if (typed?.trim()) {
    const elements = [{ type: "text" as const, text: show(typed, 3000) }];
    blocks.push({ type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] });
  }
  return tellingModal(title, blocks);
}

/** Opened at once where the real dialog needs a slow look-up: a trigger lasts 3 seconds. */
export function loadingDialog(): ModalView {
  return infoDialog("One moment…", "One moment…");
}
