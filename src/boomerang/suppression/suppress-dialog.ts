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
import { listConfirmed, suppress } from "./suppress.ts";

/** Block ids and the action id of the inputs. */
const suppressFields = { person: "person", length: "length", action: "choice" } as const;

const lengthLabels: Record<SuppressDuration, string> = { "1h": "1 hour", "4h": "4 hours", "24h": "24 hours" };

interface People {
  /** People who answered Yes and are not suppressed yet. */
  free: readonly { askId: string; name: string }[];
  /** Names of the people whose repeats are suppressed already. */
  suppressed: readonly string[];
}

/** The dialog that asks whose repeats to suppress and for how long. */
export function suppressDialog(alert: Alert, card: CardRef, { free, suppressed }: People): ModalView {
  const what = plain(
    "New reports of this detection that name only this person join this alert silently. The history lists them. CRITICAL reports always open an alert. Reopening this alert ends the suppression.",
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
        suppressDurations.map((length) => option(length, lengthLabels[length])),
      ),
      { type: "context", block_id: "means", elements: [what, ...suppressedNote(suppressed)] },
    ],
  });
}

/** Names whose repeats are suppressed and how to end that, since the dialog has no control for it. */
function suppressedNote(names: readonly string[]): PlainTextElement[] {
  if (names.length === 0) return [];
  const all = new Intl.ListFormat("en-GB").format(names.map((name) => oneLine(name, 70)));
  return [plain(alreadySuppressed(all), 500)];
}

function alreadySuppressed(names: string): string {
  return `Repeats for ${names} are already suppressed. To end that, reopen the alert or use End now on its page in Tocsin.`;
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

/** Handles the submitted dialog: suppresses repeats for the chosen person. */
export async function onSuppressDialog(
  by: Acting,
  { values }: ViewSubmission,
  { alertId }: Extract<Memory, { dialog: "suppress" }>,
): Promise<SubmissionAnswer> {
  const { deps } = by;
  const { person, length, action } = suppressFields;
  const chosen = choices.safeParse({ askId: values[person]?.[action], length: values[length]?.[action] });
  if (!chosen.success) return {};
  const actor = await actorWith(by, toManage, alertId);
  if (isRefusal(actor)) return notSuppressed(actor.why);
  const { askId } = chosen.data;
  const confirmed = await listConfirmed(deps.db.kysely, alertId);
  if (confirmed.every((one) => one.askId !== askId))
    return notSuppressed("This person has not answered Yes.");
  const made = await transaction(deps.db, async (tx) => {
    const result = await suppress(tx, { askId, for: chosen.data.length, actor, via: "slack" });
    if (isRefusal(result)) return result;
    const target = { type: "alert", id: alertId } as const;
    const data = { suppression: result.id };
    await audit(tx, { actor, via: "slack", ip: null }, { action: "alert.suppress", target, data });
    return result;
  });
  deps.wake();
  return isRefusal(made) ? notSuppressed(made.why) : {};
}

function notSuppressed(why: string): SubmissionAnswer {
  return { response_action: "update", view: infoDialog("Nothing was suppressed", why) };
}

/** Opens the dialog, or says why nothing can be suppressed. */
export async function openSuppressDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    needed: toManage,
    draw: async (alert) => {
      const people = await listConfirmed(by.deps.db.kysely, alert.id);
      const free = people.filter(({ until }) => until === null);
      const suppressed = people.filter(({ until }) => until !== null).map(({ name }) => name);
      if (free.length > 0) return suppressDialog(alert, cardOf(on, request), { free, suppressed });
      const names = new Intl.ListFormat("en-GB").format(suppressed);
      return infoDialog(
        "Suppress repeats",
        names
          ? alreadySuppressed(names)
          : "Nobody has answered Yes to a Boomerang. Repeats can only be suppressed after a Yes.",
      );
    },
  });
}
