import type { KnownBlock, ModalView } from "@slack/types";
import type { z } from "zod";
import type { ViewSubmission } from "../slack/request/slack-request.ts";
import { oneLine, plain } from "../slack/text/text.ts";
import type { Acting } from "./acting.ts";
import type { SubmissionAnswer } from "./answer.ts";

/** What a dialog remembers, and what its submission does. `onSubmission` finds it by its name. */
export interface Dialog<Memory = unknown> {
  /** The `callback_id` of its views. */
  name: string;
  /** What its `private_metadata` holds, at most 3,000 characters, so that the server keeps no state of dialogs. */
  memory: z.ZodType<Memory>;
  /** Slack shows an error of its own after 3 s. */
  submit(by: Acting, request: ViewSubmission, memory: Memory): Promise<SubmissionAnswer>;
}

/** A dialog's content. Slack allows 24 characters for its title and buttons. */
export interface Form {
  title: string;
  /** The submit button; a view without one only shows something. */
  submit?: string;
  close?: string;
  blocks: KnownBlock[];
}

/** A dialog whose drawing carries the name and the memory that its submission is read by. */
export function dialog<View, Memory extends object>(
  of: Dialog<Memory> & { draw(view: View, memory: Memory): Form },
) {
  const { name, memory, submit } = of;
  const draw = (view: View, remembered: Memory): ModalView => ({
    ...modal(name, of.draw(view, remembered)),
    // Nodes of the previous version read the name here.
    private_metadata: JSON.stringify({ dialog: name, ...remembered }),
  });
  return { name, memory, submit, draw };
}

export function modal(name: string, { title, submit, close, blocks }: Form): ModalView {
  return {
    type: "modal",
    callback_id: name,
    title: label(title),
    ...(submit !== undefined && { submit: label(submit) }),
    close: label(close ?? (submit === undefined ? "Close" : "Cancel")),
    blocks,
  };
}

function label(text: string) {
  return plain(oneLine(text, 24), 24);
}
