import { compareSeverity, type Severity } from "../../../alert/alert.ts";
import { withoutTimes } from "../../../dedup/without-times.ts";
import { formField } from "../../body/form-field.ts";
import { severityOf, webAddress } from "../../fields/read-fields.ts";
import { defaultPeriodMinutes, finishReport } from "../../finish-report.ts";
import {
  type ParsedItem,
  parseFailure,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
  type Warning,
} from "../../source-kind.ts";
import { colourSeverity } from "./colour-severity.ts";
import { type FieldView, seenText, viewOf } from "./message-view.ts";
import { readPreset } from "./presets.ts";
import { asSeen, inFull, type SlackMessage, slackMessage } from "./slack-message.ts";
import { descriptionOf, titleIn } from "./title-line.ts";

/** The body of a Slack incoming webhook, which many tools can send. Equal texts are the same alert. */
export const slackWebhook: SourceKind = {
  kind: "slack-webhook",
  label: "Slack incoming webhook",
  forAnyTool: true,
  setup: "Enter this address where the tool asks for the URL of a Slack webhook.",
  config: "{url}?key={key}",
  sample: { text: "A first report" },
  reads: {
    identity:
      "what a reader sees without times and counters, or what a well-known tool's message is about, for 60 minutes",
    severities:
      "the tool's own word, else the attachment's colour: danger or red HIGH, warning, orange or yellow MEDIUM, good or green LOW",
    ends: "recovered, resolved and up messages of well-known tools",
    fields: "text, blocks, attachments, fields, title_link",
    retries: "the tool's; most try again after 429 and 5xx",
  },
  parse: parseSlackWebhook,
  keyInQuery: true,
  readForm: (text) => formField(text, "payload"),
  answer: "ok",
};

/** One report, or several where a message is the end of several things. */
function parseSlackWebhook(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = slackMessage.safeParse(given);
  if (!read.success) return [parseFailure(read.error)];
  const seen = viewOf(read.data, asSeen);
  const reading = readPreset(seen);
  const title = titleOf(source, reading?.title ?? titleIn(seen));
  const { severity, warning } = rate(reading?.severity, read.data, source);
  const draft = {
    says: reading?.over ? ("resolved" as const) : ("firing" as const),
    title,
    severity,
    detection: reading?.detection ?? null,
    description: descriptionOf(viewOf(read.data, inFull), title),
    reference: seen.attachments.map(({ link }) => webAddress(link)).find(Boolean) ?? null,
    context: contextOf([...seen.fields, ...seen.blockFields]),
    event: given,
  };
  const identities = reading?.identity ? [reading.identity].flat().map((id) => `${reading.tool}: ${id}`) : [];
  const dedupStrings = identities.length > 0 ? identities : [withoutTimes(seenText(seen)) || title];
  const warnings = [warning, seen.lines.length > 0 ? null : noText];
  return dedupStrings.map((dedupString) => {
    const identity = { kind: "windowed" as const, dedupString, periodMinutes: defaultPeriodMinutes };
    return takenReport(finishReport({ ...draft, identity }), warnings);
  });
}

const noText: Warning = { field: "text", expected: "text, or attachments or blocks with text" };

/** The tool's own word, else the most severe colour, else the source's default. */
function rate(
  word: string | null | undefined,
  { attachments }: SlackMessage,
  source: SourceDefaults,
): { severity: Severity; warning: Warning | null } {
  const colours = attachments.flatMap(({ color }) => colourSeverity(color) ?? []).sort(compareSeverity);
  const colour = colours.at(-1);
  if (!word) return { severity: colour ?? source.defaultSeverity, warning: null };
  const read = severityOf(word, source);
  return read.warning && colour ? { ...read, severity: colour } : read;
}

/** Fields by name; what several of one name hold is joined, line by line. */
function contextOf(fields: readonly FieldView[]): Record<string, unknown> {
  const byName = Map.groupBy(fields, ({ name }) => name || "field");
  return Object.fromEntries(
    [...byName].map(([name, [first, ...others]]) => {
      if (others.length > 0) return [name, [first, ...others].map((one) => one?.value ?? "").join("\n")];
      return [name, typeof first?.given === "string" ? first.value : first?.given];
    }),
  );
}
