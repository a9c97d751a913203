import { fieldOf, type MessageView } from "../message-view.ts";
import type { Preset, Reading } from "../preset.ts";

/** `Critical: High error rate`, `Resolved: High error rate` */
const metric = /^\W{0,20}(Critical|Warning|Resolved): (\S.{0,500}?)[*\s]*$/;
const issue = /\/issues\/(\d+)/;

/** github.com/getsentry/sentry: its Slack plugin for issues, and the messages of metric alerts. */
export const sentry: Preset = {
  tool: "Sentry",
  read(message) {
    const { username, attachments, lines } = message;
    const links = attachments.map(({ link }) => link);
    const ours = /sentry/i.test([username, ...links, ...attachments.map(({ footer }) => footer)].join(" "));
    const plugin = links.some((link) => issue.test(link)) && fieldOf(message, "Culprit") !== "";
    if (!ours && !plugin) return null;
    return readMetric(lines) ?? readIssue(message);
  },
};

function readMetric(lines: readonly string[]): Reading | null {
  const [, state, name] = lines.map((line) => metric.exec(line)).find(Boolean) ?? [];
  if (!state || !name) return null;
  return {
    title: name,
    identity: name,
    over: state === "Resolved",
    severity: state === "Resolved" ? null : state,
  };
}

function readIssue(message: MessageView): Reading | null {
  const { attachments, lines } = message;
  const title = attachments.map((one) => one.title).find(Boolean);
  if (!title) return null;
  const id = attachments.map(({ link }) => issue.exec(link)?.[1]).find(Boolean);
  const project = fieldOf(message, "Project");
  const over = lines.some((line) =>
    /^\W{0,20}resolved\b|^.{0,200} marked .{0,200} as resolved\b/i.test(line),
  );
  return {
    title: title.replace(/^\W*resolved:\s*/i, ""),
    identity: id ? `issue ${id}` : [project, title, fieldOf(message, "Culprit")].filter(Boolean).join(" · "),
    severity: fieldOf(message, "level") || null,
    over,
  };
}
