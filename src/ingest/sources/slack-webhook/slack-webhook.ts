import { compareSeverity, type Severity } from "../../../alert/alert.ts";
import { plainText } from "../../../slack/request/message-text.ts";
import { formField } from "../../body/form-field.ts";
import { finishReport } from "../../finish-report.ts";
import { webAddress } from "../../read-fields.ts";
import { type ParsedItem, parseFailure, type SourceDefaults, type SourceKind } from "../../source-kind.ts";
import { type SlackAttachment, slackMessage, titleAndDescription } from "./block-text.ts";

/** The body of a Slack incoming webhook, which many tools can send. Equal titles are the same alert. */
export const slackWebhook: SourceKind = {
  kind: "slack-webhook",
  label: "Slack incoming webhook",
  forAnyTool: true,
  setup: "Enter this address where the tool asks for the URL of a Slack webhook.",
  config: "{url}?key={key}",
  sample: { text: "A first report" },
  reads: {
    identity: "the title, for 60 minutes",
    severities:
      "the attachment's colour: danger or red HIGH, warning, orange or yellow MEDIUM, good or green LOW",
    ends: "nothing",
    fields: "text, blocks, attachments with fields and title_link",
    retries: "the tool's; most try again after 429 and 5xx",
  },
  parse: parseSlackWebhook,
  keyInQuery: true,
  readForm: (text) => formField(text, "payload"),
  answer: "ok",
};

function parseSlackWebhook(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = slackMessage.safeParse(given);
  if (!read.success) return [parseFailure(read.error)];
  const texts = titleAndDescription(read.data);
  if (!texts) return [{ ok: false, field: "text", expected: "text, or attachments or blocks with text" }];
  const attachments = read.data.attachments ?? [];
  const report = finishReport({
    ...texts,
    severity: severityOf(attachments) ?? source.defaultSeverity,
    reference: attachments.map(({ title_link }) => webAddress(title_link)).find(Boolean),
    context: fieldsOf(attachments),
    event: given,
  });
  return [{ ok: true, report }];
}

function severityOf(attachments: SlackAttachment[]): Severity | undefined {
  return attachments
    .flatMap(({ color }) => colourSeverity(color ?? "") ?? [])
    .sort(compareSeverity)
    .at(-1);
}

function fieldsOf(attachments: SlackAttachment[]): Record<string, string> {
  const given = attachments
    .flatMap(({ fields }) => fields ?? [])
    .filter(({ title, value }) => title || value);
  const byTitle = Map.groupBy(given, ({ title }) => plainText(title ?? "") || "field");
  return Object.fromEntries(
    [...byTitle].map(([title, fields]) => {
      return [title, fields.map(({ value }) => plainText(value ?? "")).join("\n")];
    }),
  );
}

const namedColours = new Map<string, Severity>([
  ["danger", "HIGH"],
  ["warning", "MEDIUM"],
  ["good", "LOW"],
]);

/** The hue of greys and near-greys is meaningless. */
const minSaturation = 0.2;

/**
 * The severity of an attachment's colour: Slack's names, otherwise red, orange to yellow, or green by hue;
 * null for others.
 */
export function colourSeverity(colour: string): Severity | null {
  const name = namedColours.get(colour.trim().toLowerCase());
  if (name) return name;
  const hue = hueOf(colour);
  if (hue === null) return null;
  if (hue <= 15 || hue >= 335) return "HIGH";
  if (hue <= 65) return "MEDIUM";
  return hue >= 80 && hue <= 170 ? "LOW" : null;
}

function hueOf(colour: string): number | null {
  const hex = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  if (!hex) return null;
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((pair) => Number.parseInt(pair, 16));
  const max = Math.max(red, green, blue);
  const spread = max - Math.min(red, green, blue);
  if (spread < max * minSaturation || spread === 0) return null;
  if (max === red) return (60 * ((green - blue) / spread) + 360) % 360;
  return max === green ? 60 * ((blue - red) / spread + 2) : 60 * ((red - green) / spread + 4);
}
