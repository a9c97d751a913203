import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { contextFields } from "../alert/context-path.ts";
import { isRefusal } from "../alert/refusal.ts";
import { type FieldCondition, maxSilenceMinutes, type SilenceMatcher } from "../alert/silence.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { type Acting, type Attempt, actorWith, auditRefusal, inSlack, toManage } from "../interact/acting.ts";
import type { SubmissionAnswer } from "../interact/answer.ts";
import { type ControlsId, cardOf, cardRef } from "../interact/card-ref.ts";
import { dialog } from "../interact/dialog.ts";
import { infoDialog } from "../interact/dialog-blocks.ts";
import { openAlertDialog, timezoneOf } from "../interact/open-dialog.ts";
import { menuEntry } from "../interact/slack-action.ts";
import { wantedChanges } from "../people/audit-log/changes.ts";
import { transactionAs } from "../people/transaction-as.ts";
import type { BlockActions, ViewSubmission } from "../slack/request/slack-request.ts";
import type { SilencePreview } from "./contract.ts";
import { previewSilence } from "./preview.ts";
import { coverText, createSilence } from "./silences.ts";
import { maxReasonLength, snoozeFields, snoozeForm, snoozePreviewForm } from "./snooze-form.ts";

const offered = z.array(z.object({ path: z.string(), value: z.string() })).max(4);
/** What a person chose. */
const chosen = z.object({
  scope: z.enum(["detection", "title"]),
  fields: offered,
  minutes: z.int().min(1).max(maxSilenceMinutes),
  reason: z.string().max(maxReasonLength),
  alsoCritical: z.boolean(),
});
type Chosen = z.output<typeof chosen>;

/** Counting the alerts like this may take this long: Slack waits three seconds, and looks the person up, too. */
const countMs = 800;
const maxOffered = 4;

/** Asks which alerts, for how long and why. Its submission shows the preview. */
export const snoozeDialog = dialog({
  name: "snooze",
  memory: cardRef.extend({ offered }),
  draw: snoozeForm,
  async submit(by, request, memory) {
    const { deps } = by;
    const alert = await findAlert(deps.db.kysely, memory.alertId);
    if (!alert) return notSnoozed("This alert is no longer in Tocsin.");
    const read = readForm(request, memory.offered);
    if (!read.reason) return { response_action: "errors", errors: { [snoozeFields.reason]: "Say why." } };
    const actor = await actorWith(by, toManage, attempt(alert, read));
    if (isRefusal(actor)) return notSnoozed(actor.why);
    const now = deps.clock();
    const matcher = matcherOf(alert, read);
    const { alsoCritical, reason } = read;
    const view = {
      covers: coversOf(alert, matcher),
      reason,
      alsoCritical,
      until: new Date(now.getTime() + read.minutes * 60_000),
      timezone: await timezoneOf(deps.db, memory),
      now,
      preview: await count(by, { ...matcher, alsoCritical }),
    };
    const { offered: _, ...card } = memory;
    return { response_action: "push", view: snoozePreview.draw(view, { ...card, ...read }) };
  },
});

/** Shows what will be silenced. Its submission creates the silence. */
export const snoozePreview = dialog({
  name: "snooze-preview",
  memory: cardRef.extend(chosen.shape),
  draw: snoozePreviewForm,
  async submit(by, _, memory) {
    const { deps } = by;
    const alert = await findAlert(deps.db.kysely, memory.alertId);
    if (!alert) return notSnoozed("This alert is no longer in Tocsin.");
    const trying = attempt(alert, memory);
    const actor = await actorWith(by, toManage, trying);
    if (isRefusal(actor)) return notSnoozed(actor.why);
    const { reason, alsoCritical, minutes } = memory;
    const request = {
      ...matcherOf(alert, memory),
      reason,
      alsoCritical,
      forMinutes: minutes,
      alertId: alert.id,
    };
    const made = await transactionAs(deps.db, { actor }, "Manage Alerts", (tx) =>
      createSilence(tx, inSlack(by, actor), request),
    );
    if (isRefusal(made)) {
      if (made.refused === "forbidden") await auditRefusal(by, actor, trying, made.why);
      return notSnoozed(made.why);
    }
    deps.wake();
    return { response_action: "clear" };
  },
});

function readForm({ values }: ViewSubmission, all: z.output<typeof offered>): Chosen {
  const { scope, fields, length, reason, critical } = snoozeFields;
  const picked = values[fields]?.chosen?.split(" ") ?? [];
  const minutes = z.coerce
    .number()
    .int()
    .min(1)
    .max(maxSilenceMinutes)
    .catch(24 * 60);
  return {
    scope: values[scope]?.choice === "title" ? "title" : "detection",
    fields: all.filter((_, at) => picked.includes(String(at))),
    minutes: minutes.parse(values[length]?.choice),
    reason: values[reason]?.text?.trim() ?? "",
    alsoCritical: values[critical]?.chosen === "yes",
  };
}

/** The conditions of "like this": without a detection the title takes its place. */
function matcherOf(
  { source, detection, title }: VersionedAlert,
  { scope, fields }: Pick<Chosen, "scope" | "fields">,
): SilenceMatcher {
  return {
    source: source.id,
    detection: detection?.id ?? null,
    title: scope === "title" || !detection ? title : null,
    severities: [],
    fields: fields.map((field): FieldCondition => ({ ...field, op: "equals" })),
  };
}

function coversOf({ source, detection }: VersionedAlert, { title, fields }: SilenceMatcher): string {
  return coverText({ source, detection, title, severities: [], fields });
}

/** Null if it takes too long. */
async function count(
  { deps }: Acting,
  silence: SilenceMatcher & { alsoCritical: boolean },
): Promise<SilencePreview | null> {
  const counting = previewSilence(deps.db.kysely, silence);
  const counted = await Promise.race([counting, sleep(countMs, null, { ref: false })]);
  if (!counted) counting.catch(() => undefined);
  return counted;
}

function attempt(alert: VersionedAlert, read: Chosen): Attempt {
  const { minutes: forMinutes, reason, alsoCritical } = read;
  const wanted = wantedChanges({ ...matcherOf(alert, read), forMinutes, reason, alsoCritical });
  return { action: "silence.created", alertId: alert.id, wanted };
}

function notSnoozed(why: string): SubmissionAnswer {
  return { response_action: "update", view: infoDialog("Nothing was snoozed", why) };
}

/** The entry of a card's menu that opens the dialog. */
export const snooze = menuEntry({
  name: "snooze",
  label: "Snooze like this…",
  isOffered: () => true,
  act: openSnoozeDialog,
});

async function openSnoozeDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    needed: toManage,
    attempt: { action: "silence.created", wanted: null },
    draw: async (alert) => {
      const fields = contextFields(alert.context, maxOffered);
      const preview = await count(by, {
        ...matcherOf(alert, { scope: "detection", fields: [] }),
        alsoCritical: false,
      });
      return snoozeDialog.draw({ alert, fields, preview }, { ...cardOf(on, request), offered: fields });
    },
  });
}
