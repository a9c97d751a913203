import { UnreadableJson } from "./body/json-text.ts";
import { limits } from "./cut-to-limits.ts";
import type { ParsedItem, SourceDefaults, SourceKind } from "./source-kind.ts";
import { alertmanager } from "./sources/alertmanager.ts";
import { cloudevents } from "./sources/cloudevents.ts";
import { crowdstrike } from "./sources/crowdstrike.ts";
import { datadog } from "./sources/datadog.ts";
import { elastic } from "./sources/elastic.ts";
import { falco } from "./sources/falco.ts";
import { generic } from "./sources/generic.ts";
import { github } from "./sources/github.ts";
import { grafana } from "./sources/grafana.ts";
import { guardduty } from "./sources/guardduty.ts";
import { native } from "./sources/native.ts";
import { ocsf } from "./sources/ocsf.ts";
import { okta } from "./sources/okta.ts";
import { opsgenie } from "./sources/opsgenie.ts";
import { pagerdutyEvents } from "./sources/pagerduty-events.ts";
import { panther } from "./sources/panther.ts";
import { securityHub } from "./sources/security-hub.ts";
import { sentinel } from "./sources/sentinel.ts";
import { sentinelone } from "./sources/sentinelone.ts";
import { slackWebhook } from "./sources/slack-webhook/slack-webhook.ts";
import { splunk } from "./sources/splunk.ts";
import { wazuh } from "./sources/wazuh.ts";
import { wiz } from "./sources/wiz.ts";
import type { Steps } from "./steps.ts";

/** Every kind of source, in the order in which people choose from them. */
export const sourceKinds: readonly SourceKind[] = [
  native,
  slackWebhook,
  generic,
  cloudevents,
  ocsf,
  alertmanager,
  crowdstrike,
  datadog,
  elastic,
  falco,
  github,
  grafana,
  guardduty,
  okta,
  opsgenie,
  pagerdutyEvents,
  panther,
  securityHub,
  sentinel,
  sentinelone,
  splunk,
  wazuh,
  wiz,
];

const byKind = new Map(sourceKinds.map((described) => [described.kind, described]));

/** The kind with this name; undefined if only a newer version of Tocsin, on the same database, knows it. */
export function findSourceKind(kind: string): SourceKind | undefined {
  return byKind.get(kind);
}

/**
 * Parses a body from `readBody`: one report, a list of reports, or the tool's own envelopes. Returns one item
 * per report, in order. Pauses where others may have a turn.
 */
export function* parseReports(
  { parse }: SourceKind,
  body: unknown,
  source: SourceDefaults,
): Steps<ParsedItem[]> {
  const given = Array.isArray(body) ? body : [body];
  if (given.length === 0) return [{ ok: false, field: "report", expected: "at least one report" }];
  if (given.length > limits.reportsAtOnce) return [tooMany];
  const items: ParsedItem[] = [];
  for (const [index, one] of given.entries()) {
    if (index % reportsPerStep === 0) yield;
    if (one instanceof UnreadableJson) items.push({ ok: false, field: "body", expected: one.expected });
    else items.push(...parse(one, source).map(withUnknownSeverity));
  }
  return items.length > limits.reportsAtOnce ? [tooMany] : items;
}

/** The history of an alert says when the source's default severity applies. */
export function withUnknownSeverity(item: ParsedItem): ParsedItem {
  if (!item.ok || !item.warnings) return item;
  const unknown = item.warnings.find(({ unknownSeverity }) => unknownSeverity !== undefined);
  return unknown ? { ...item, report: { ...item.report, unknownSeverity: unknown.unknownSeverity } } : item;
}

/** Less than a millisecond for reports of usual size. */
const reportsPerStep = 20;

const tooMany: ParsedItem = {
  ok: false,
  field: "report",
  expected: `at most ${limits.reportsAtOnce} reports in one request`,
};
