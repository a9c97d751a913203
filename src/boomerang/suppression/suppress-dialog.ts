import type { InputBlock, ModalView, PlainTextElement, PlainTextOption } from "@slack/types";
import type { Alert } from "../../alert/alert.ts";
import { type SuppressFor, suppressFors } from "../../alert/boomerang.ts";
import type { CardRef } from "../../interact/memory.ts";
import { alertLine } from "../../slack/dialogs/parts/alert-line.ts";
import { askingModal } from "../../interact/dialog-blocks.ts";
import { oneLine } from "../../slack/text/one-line.ts";
import { plain } from "../../slack/text/plain.ts";

/** Where the choices stand in what Slack sends back. */
export const suppressFields = { person: "person", length: "length", action: "choice" } as const;

const lengthWords: Record<SuppressFor, string> = { "1h": "1 hour", "4h": "4 hours", "24h": "24 hours" };

interface People {
  /** Of those who answered Yes, for whom repeats still open alerts, and the names of the others. */
  free: readonly { askId: string; name: string }[];
  suppressed: readonly string[];
}

/** Asks whose repeats to suppress, and for how long; says for whom they are suppressed at the moment. */
export function suppressDialog(alert: Alert, card: CardRef, { free, suppressed }: People): ModalView {
  const what = plain(
    "What this detection reports again for them, and for nobody else, joins this alert silently. The history lists it. CRITICAL reports always open an alert, and so does everything once this one is reopened.",
    500,
  );
  return askingModal("Suppress repeats", "Suppress", {
    memory: { ...card, dialog: "suppress" },
    blocks: [
      alertLine(alert),
      choice(
        suppressFields.person,
        "Whose repeats?",
        free.map(({ askId, name }) => option(askId, oneLine(name, 70))),
      ),
      choice(
        suppressFields.length,
        "For how long?",
        suppressFors.map((length) => option(length, lengthWords[length])),
      ),
      { type: "context", block_id: "means", elements: [what, ...running(suppressed)] },
    ],
  });
}

/** For whom it runs, and how it ends: Slack has no control of its own for that. */
function running(names: readonly string[]): PlainTextElement[] {
  if (names.length === 0) return [];
  const all = new Intl.ListFormat("en-GB").format(names.map((name) => oneLine(name, 70)));
  const words = `Repeats for ${all} are suppressed already. Reopening the alert ends that, and so does its page in Tocsin.`;
  return [plain(words, 500)];
}

function choice(blockId: string, label: string, options: PlainTextOption[]): InputBlock {
  const [first] = options;
  return {
    type: "input",
    block_id: blockId,
    label: plain(label, 100),
    element: {
      type: "static_select",
      action_id: suppressFields.action,
      options,
      ...(first && { initial_option: first }),
    },
  };
}

function option(value: string, label: string): PlainTextOption {
  return { text: plain(label, 75), value };
}
