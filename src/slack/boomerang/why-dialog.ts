import type { ModalView } from "@slack/types";
import { infoDialog } from "../dialogs/info-dialog.ts";

/** Tells an employee, who has never heard of Tocsin, what this is and what their answer does. */
export function whyDialog(asker: string): ModalView {
  return infoDialog(
    "Why am I asked?",
    [
      "Security looks into things that may be nothing at all, or somebody else acting in your name. Often only you can tell which.",
      "Your answer goes to the security team, and nobody else. It doesn't mean that you did something wrong, and nothing happens by itself.",
      `If you are not sure whether this is real, write to ${asker} in Slack instead of answering. Tocsin never asks for a password, and never asks you to open a link.`,
    ].join("\n\n"),
  );
}
