import type { SourceKind } from "../alert/report.ts";
import { limits } from "./cut-to-limits.ts";
import type { ParsedItem, Parser, SourceDefaults } from "./source-kind.ts";
import { parseAlertmanager } from "./sources/alertmanager.ts";
import { parseNative } from "./sources/native.ts";
import { parsePanther } from "./sources/panther.ts";
import { parseSlackWebhook } from "./sources/slack-webhook/slack-webhook.ts";

/** A new kind needs its parser here; the compiler reports a missing one. */
const parsers = {
  native: parseNative,
  panther: parsePanther,
  alertmanager: parseAlertmanager,
  "slack-webhook": parseSlackWebhook,
} satisfies Record<SourceKind, Parser>;

/**
 * Parses a body from `readBody`: one report, a list of reports, or the tool's own envelopes. Returns one item
 * per report, in order.
 */
export function parseReports(kind: SourceKind, body: unknown, source: SourceDefaults): ParsedItem[] {
  const given = Array.isArray(body) ? body : [body];
  if (given.length === 0) return [{ ok: false, field: "report", expected: "at least one report" }];
  if (given.length > limits.reportsAtOnce) return [tooMany];
  const items = given.flatMap((one) => parsers[kind](one, source));
  return items.length > limits.reportsAtOnce ? [tooMany] : items;
}

const tooMany: ParsedItem = {
  ok: false,
  field: "report",
  expected: `at most ${limits.reportsAtOnce} reports in one request`,
};
