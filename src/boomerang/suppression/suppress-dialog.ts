import type { InputBlock, ModalView, PlainTextElement, PlainTextOption } from "@slack/types";
import { z } from "zod";
import type { Alert } from "../../alert/alert.ts";
import { type SuppressDuration, suppressDurations } from "../../alert/boomerang.ts";
import { isRefusal } from "../../alert/refusal.ts";
import { transaction } from "../../db/transaction.ts";
import { type Acting, actorWith, toManage } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type ControlsId, cardOf } from "../../interact/card-ref.ts";
import { alertLine, formModal, infoDialog } from "../../interact/dialog-blocks.ts";
import type { CardRef, Memory } from "../../interact/memory.ts";
import { openAlertDialog } from "../../interact/open-dialog.ts";
import { audit } from "../../people/audit.ts";
import type { BlockActions, ViewSubmission } from "../../slack/request/slack-request.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { suppress, whoConfirmed } from "./suppress.ts";

/** Where the choices stand in what Slack sends back. */
const suppressFields = { person: "person", length: "length", action: "choice" } as const;

const lengthWords: Record<SuppressDuration, string> = { "1h": "1 hour", "4h": "4 hours", "24h": "24 hours" };

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
  return formModal("Suppress repeats", "Suppress", {
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
        suppressDurations.map((length) => option(length, lengthWords[length])),
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

const choices = z.object({ askId: z.uuid(), length: z.enum(suppressDurations) });

/** The dialog was submitted: repeats for whoever was chosen open no alert for that time. */
export async function onSuppress(
  by: Acting,
  { values }: ViewSubmission,
  { alertId }: Extract<Memory, { dialog: "suppress" }>,
): Promise<SubmissionAnswer> {
  const { deps } = by;
  const { person, length, action } = suppressFields;
  const chosen = choices.safeParse({ askId: values[person]?.[action], length: values[length]?.[action] });
  if (!chosen.success) return {};
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return say(actor.why);
  const { askId } = chosen.data;
  const confirmed = await whoConfirmed(deps.db.kysely, alertId);
  if (confirmed.every((one) => one.askId !== askId)) return say("Nobody has answered Yes to this.");
  const made = await transaction(deps.db, async (tx) => {
    const done = await suppress(tx, { askId, for: chosen.data.length, actor, via: "slack" });
    if (isRefusal(done)) return done;
    const target = { type: "alert", id: alertId } as const;
    const data = { suppression: done.id };
    await audit(tx, { actor, via: "slack", ip: null }, { action: "alert.suppress", target, data });
    return done;
  });
  deps.wake();
  return isRefusal(made) ? say(made.why) : {};
}

function say(why: string): SubmissionAnswer {
  return { response_action: "update", view: infoDialog("Nothing was suppressed", why) };
}

/** Opens the dialog that asks whose repeats to suppress, if anybody has answered Yes. */
export async function openSuppress(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    needed: toManage,
    draw: async (alert) => {
      const people = await whoConfirmed(by.deps.db.kysely, alert.id);
      const free = people.filter(({ until }) => until === null);
      const suppressed = people.filter(({ until }) => until !== null).map(({ name }) => name);
      if (free.length > 0) return suppressDialog(alert, cardOf(on, request), { free, suppressed });
      const names = new Intl.ListFormat("en-GB").format(suppressed);
      return infoDialog(
        "Suppress repeats",
        names
          ? `Repeats for ${names} are suppressed already. Reopening the alert ends that, and so does its page in Tocsin.`
          : "Nobody who was asked has answered Yes. Only then can repeats be suppressed.",
      );
    },
  });
}
