import { compareSeverity, type Severity } from "../../../alert/severity.ts";
import { plainText } from "../../../slack/request/message-text.ts";
import { finishReport } from "../../finish-report.ts";
import { notUnderstood, type ParsedItem, type SourceDefaults } from "../../source-kind.ts";
import { colourSeverity } from "../../slack-body/colour-severity.ts";
import { messageWords } from "../../slack-body/message-words.ts";
import { type SlackAttachment, slackMessage } from "../../slack-body/slack-message.ts";
import { webAddress } from "../../words/web-address.ts";

/** The body of a Slack incoming webhook: hundreds of tools can send one. Equal titles are the same alert. */
export function parseSlackWebhook(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = slackMessage.safeParse(given);
  if (!read.success) return [notUnderstood(read.error)];
  const words = messageWords(read.data);
  if (!words) return [{ ok: false, field: "text", expected: "text, or attachments or blocks with text" }];
  const attachments = read.data.attachments ?? [];
  const report = finishReport({
    ...words,
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
