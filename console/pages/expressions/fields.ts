import type { ExpressionField } from "../../../src/alert/expressions.ts";

interface FieldTexts {
  label: string;
  /** What the expression should give, and what happens without one. */
  hint: string;
  example: string;
}

/** How people see each field. */
export const fieldTexts: Record<ExpressionField, FieldTexts> = {
  reports: {
    label: "Reports",
    hint: "The list of reports, if the body holds several. The other expressions then read one of them; $body is the whole body.",
    example: "events",
  },
  title: { label: "Title", hint: "What happened, in one line.", example: 'rule.name & " on " & host.name' },
  severity: {
    label: "Severity",
    hint: "A word such as high, P2 or warning. Otherwise the source's default severity applies.",
    example: 'level > 7 ? "high" : "low"',
  },
  description: { label: "Description", hint: "More about it, as text.", example: "message" },
  detectionId: {
    label: "Detection ID",
    hint: "The rule of the tool that raised it. Alerts of one detection are counted and routed together.",
    example: "rule.id",
  },
  detectionName: { label: "Detection name", hint: "The name of that rule.", example: "rule.name" },
  identity: {
    label: "Identity",
    hint: "The tool's own ID of the alert. Reports with the same one belong together, however late they come.",
    example: "[rule.id, host.name]",
  },
  dedupString: {
    label: "Dedup string",
    hint: "Without an identity, reports of a detection with the same text belong together for a while.",
    example: "host.name",
  },
  dedupPeriodMinutes: {
    label: "Dedup period",
    hint: "For how many minutes. Leave empty for 60.",
    example: "240",
  },
  says: {
    label: "Firing or resolved",
    hint: 'A word such as "resolved", "ok" or "closed" when it is over. Leave empty if the tool never says so.',
    example: 'active ? "firing" : "resolved"',
  },
  occurredAt: { label: "Time", hint: "When it happened.", example: "timestamp" },
  runbook: {
    label: "Runbook",
    hint: "A link or a text that says what to do.",
    example: '"https://wiki.example/" & rule.id',
  },
  reference: { label: "Reference", hint: "A link to the alert in the tool.", example: "url" },
  logTypes: { label: "Log types", hint: "A text or a list of texts.", example: '"Okta.SystemLog"' },
  tags: { label: "Tags", hint: "A text or a list of texts.", example: "labels" },
  context: {
    label: "Context",
    hint: "An object of fields to search and silence by. Leave empty for the whole report.",
    example: '{"host": host.name, "user": user.email}',
  },
};

/** The fields in the parts of the form. */
export const fieldGroups: { title: string; fields: ExpressionField[] }[] = [
  { title: "What happened", fields: ["reports", "title", "severity", "description"] },
  { title: "What belongs together", fields: ["identity", "dedupString", "dedupPeriodMinutes"] },
  { title: "When, and whether it is over", fields: ["says", "occurredAt"] },
  { title: "Detection", fields: ["detectionId", "detectionName"] },
  { title: "More", fields: ["runbook", "reference", "logTypes", "tags", "context"] },
];
