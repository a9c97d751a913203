import type { PlainTextElement } from "@slack/types";
import { z } from "zod";
import type { Alert } from "../../alert/alert.ts";
import { type SuppressDuration, suppressDurations } from "../../alert/boomerang.ts";
import { isRefusal } from "../../alert/refusal.ts";
import { type Acting, actorWith, inSlack, toManage } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type ControlsId, cardOf, cardRef } from "../../interact/card-ref.ts";
import { dialog, type Form } from "../../interact/dialog.ts";
import { alertLine, choice, infoDialog, option } from "../../interact/dialog-blocks.ts";
import { openAlertDialog } from "../../interact/open-dialog.ts";
import { menuEntry } from "../../interact/slack-action.ts";
import { audit } from "../../people/audit-log/audit.ts";
import { wantedChanges } from "../../people/audit-log/changes.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import type { BlockActions } from "../../slack/request/slack-request.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { listConfirmed, suppress } from "./suppress.ts";

/** Block ids and the action id of the inputs. */
const suppressFields = { person: "person", length: "length" } as const;

const lengthLabels: Record<SuppressDuration, string> = { "1h": "1 hour", "4h": "4 hours", "24h": "24 hours" };

interface People {
  /** People who answered Yes and are not suppressed yet. */
  free: readonly { askId: string; name: string }[];
  /** Names of the people whose repeats are suppressed already. */
  suppressed: readonly string[];
}

/** Asks whose repeats to suppress and for how long. */
export const suppressDialog = dialog({
  name: "suppress",
  memory: cardRef,
  draw: ({ alert, free, suppressed }: People & { alert: Alert }): Form => ({
    title: "Suppress repeats",
    submit: "Suppress",
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
      { type: "context", block_id: "means", elements: [plain(effect, 500), ...suppressedNote(suppressed)] },
    ],
  }),
  async submit(by, { values }, { alertId }) {
    const { deps } = by;
    const { person, length } = suppressFields;
    const chosen = choices.safeParse({ askId: values[person]?.choice, length: values[length]?.choice });
    if (!chosen.success) return {};
    const { askId } = chosen.data;
    const wanted = wantedChanges({ suppressedFor: chosen.data.length });
    const actor = await actorWith(by, toManage, { action: "alert.suppress", alertId, wanted });
    if (isRefusal(actor)) return notSuppressed(actor.why);
    const confirmed = await listConfirmed(deps.db.kysely, alertId);
    if (confirmed.every((one) => one.askId !== askId))
      return notSuppressed("This person has not answered Yes.");
    const made = await transactionAs(deps.db, { actor }, "Manage Alerts", async (tx) => {
      const result = await suppress(tx, { askId, for: chosen.data.length, actor, via: "slack" });
      if (isRefusal(result)) return result;
      const target = { type: "alert", id: alertId } as const;
      const data = { suppression: result.id };
      await audit(tx, inSlack(by, actor), { action: "alert.suppress", target, changes: wanted, data });
      return result;
    });
    deps.wake();
    return isRefusal(made) ? notSuppressed(made.why) : {};
  },
});

const effect =
  "New reports of this detection that name only this person join this alert silently. The history lists them. CRITICAL reports always open an alert. Reopening this alert ends the suppression.";

const choices = z.object({ askId: z.uuid(), length: z.enum(suppressDurations) });

/** Names whose repeats are suppressed and how to end that, since the dialog has no control for it. */
function suppressedNote(names: readonly string[]): PlainTextElement[] {
  if (names.length === 0) return [];
  const all = new Intl.ListFormat("en-GB").format(names.map((name) => oneLine(name, 70)));
  return [plain(alreadySuppressed(all), 500)];
}

function alreadySuppressed(names: string): string {
  return `Repeats for ${names} are already suppressed. To end that, reopen the alert or use End now on its page in Tocsin.`;
}

function notSuppressed(why: string): SubmissionAnswer {
  return { response_action: "update", view: infoDialog("Nothing was suppressed", why) };
}

/** The entry of a card's menu that opens the dialog. */
export const suppressRepeats = menuEntry({
  name: "suppress",
  label: "Suppress repeats",
  isOffered: ({ confirmed }) => confirmed === true,
  act: openSuppressDialog,
});

/** Opens the dialog, or says why nothing can be suppressed. */
async function openSuppressDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    needed: toManage,
    attempt: { action: "alert.suppress", wanted: null },
    draw: async (alert) => {
      const people = await listConfirmed(by.deps.db.kysely, alert.id);
      const free = people.filter(({ until }) => until === null);
      const suppressed = people.filter(({ until }) => until !== null).map(({ name }) => name);
      if (free.length > 0) return suppressDialog.draw({ alert, free, suppressed }, cardOf(on, request));
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
