import type { Alert } from "../../../alert/alert.ts";

/** What an address may name besides `context.…`, and what stands there then; an empty text is no value. */
export const linkFields: Record<string, (alert: Alert) => string> = {
  id: ({ id }) => id,
  number: ({ number }) => String(number),
  title: ({ title }) => title,
  severity: ({ severity }) => severity,
  type: ({ type }) => type,
  source: ({ source }) => source.name,
  detection: ({ detection }) => detection.name ?? detection.id,
  "detection.id": ({ detection }) => detection.id,
  dedupString: ({ dedupString }) => dedupString,
  logType: ({ logTypes }) => logTypes[0] ?? "",
  time: ({ firstEventOccurredAt }) => firstEventOccurredAt.toISOString(),
  lastTime: ({ lastReceivedEventAt }) => lastReceivedEventAt.toISOString(),
};
