import type { InputBlock, KnownBlock } from "@slack/types";
import { type Alert, detectionLabel } from "../alert/alert.ts";
import { type FieldCondition, previewDays, silenceDurations } from "../alert/silence.ts";
import type { Form } from "../interact/dialog.ts";
import { alertLine, choice, option } from "../interact/dialog-blocks.ts";
import { severityDot, title } from "../slack/text/alert-text.ts";
import { clockTime } from "../slack/text/clock-time.ts";
import { oneLine, plain } from "../slack/text/text.ts";
import type { SilencePreview } from "./contract.ts";

/** Block ids of the inputs. */
export const snoozeFields = {
  scope: "scope",
  fields: "fields",
  length: "length",
  reason: "reason",
  critical: "critical",
} as const;

/** Leaves room for the rest in the dialog's memory. */
export const maxReasonLength = 300;
const usualLength = 2;

interface SnoozeView {
  alert: Alert;
  /** Fields of its context that the snooze can be limited to. */
  fields: readonly Pick<FieldCondition, "path" | "value">[];
  /** Of what is chosen at first; null if it could not be counted in time. */
  preview: SilencePreview | null;
}

/** Draws the form: which alerts, for how long, and why. */
export function snoozeForm({ alert, fields, preview }: SnoozeView): Form {
  const source = oneLine(alert.source.name, 30);
  const detection = oneLine(detectionLabel(alert), 35);
  const scopes = [
    ...(detection ? [option("detection", `${detection} from ${source}`)] : []),
    option("title", `Only this title, from ${source}`),
  ];
  const blocks: KnownBlock[] = [
    alertLine(alert),
    choice(snoozeFields.scope, "Which alerts?", scopes),
    ...(fields.length > 0 ? [onlyWith(fields)] : []),
    choice(
      snoozeFields.length,
      "For how long?",
      silenceDurations.map(({ minutes, label }) => option(String(minutes), label)),
      usualLength,
    ),
    reasonInput(),
    checkboxes(snoozeFields.critical, "CRITICAL alerts", [
      option("yes", "Snooze CRITICAL alerts too; you confirm this next"),
    ]),
    note("counted", countText(preview)),
    note(
      "means",
      "New alerts like this one are kept in Tocsin but not announced. This alert itself stays as it is.",
    ),
  ];
  return { title: "Snooze like this", submit: "Preview", blocks };
}

function onlyWith(fields: SnoozeView["fields"]): InputBlock {
  const options = fields.map(({ path, value }, at) => option(String(at), oneLine(`${path}: ${value}`, 75)));
  return checkboxes(snoozeFields.fields, "Only with the same", options);
}

function checkboxes(blockId: string, label: string, options: ReturnType<typeof option>[]): InputBlock {
  return {
    type: "input",
    block_id: blockId,
    optional: true,
    label: plain(label, 100),
    element: { type: "checkboxes", action_id: "chosen", options },
  };
}

function reasonInput(): InputBlock {
  return {
    type: "input",
    block_id: snoozeFields.reason,
    label: plain("Why?", 100),
    element: {
      type: "plain_text_input",
      action_id: "text",
      max_length: maxReasonLength,
      placeholder: plain("Planned maintenance until Friday", 150),
    },
  };
}

function note(blockId: string, text: string): KnownBlock {
  return { type: "context", block_id: blockId, elements: [plain(text, 1000)] };
}

/** `In the last 30 days 12 alerts were like this, 2 of them CRITICAL.` */
export function countText(preview: SilencePreview | null): string {
  if (!preview) return "The alerts like this could not be counted in time.";
  const { count, critical, complete } = preview;
  const days = `In the last ${previewDays} days`;
  if (count === 0)
    return complete ? `${days} no alert was like this.` : `${days} none of the newest alerts was like this.`;
  const alerts = count === 1 ? "1 alert was" : `${complete ? "" : "at least "}${count} alerts were`;
  return `${days} ${alerts} like this, ${critical === 0 ? "none" : critical} of them CRITICAL.`;
}

interface PreviewView {
  /** What it covers, for people. */
  covers: string;
  reason: string;
  until: Date;
  timezone: string;
  now: Date;
  alsoCritical: boolean;
  preview: SilencePreview | null;
}

/** Draws what will be silenced, with some alerts that would have been. */
export function snoozePreviewForm({
  covers,
  reason,
  until,
  timezone,
  now,
  alsoCritical,
  preview,
}: PreviewView): Form {
  const examples = (preview?.examples ?? []).map(
    (one) => `${severityDot[one.severity]} ${one.severity} · #${one.number} · ${title(one, 120)}`,
  );
  const critical = alsoCritical
    ? "CRITICAL alerts are silenced too. They are not announced until then."
    : "CRITICAL alerts are announced as usual.";
  return {
    title: "Snooze preview",
    submit: alsoCritical ? "Snooze CRITICAL too" : "Snooze",
    blocks: [
      { type: "section", block_id: "covers", text: plain(oneLine(covers, 1000), 1000) },
      note("until", `Until ${clockTime(until, timezone, now)} · ${oneLine(reason, maxReasonLength)}`),
      { type: "section", block_id: "counted", text: plain(countText(preview), 300) },
      ...(examples.length > 0 ? [note("examples", examples.join("\n"))] : []),
      { type: "section", block_id: "critical", text: plain(`${alsoCritical ? "⚠ " : ""}${critical}`, 200) },
    ],
  };
}
