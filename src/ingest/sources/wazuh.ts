import { z } from "zod";
import type { Severity } from "../../alert/alert.ts";
import { filled } from "../fields/loose-fields.ts";
import { byThreshold, rate } from "../fields/own-scale.ts";
import {
  optionalObject,
  optionalTexts,
  optionalTime,
  optionalText as text,
  textOf,
} from "../fields/read-fields.ts";
import { optionalFields, readObject } from "../fields/read-object.ts";
import { finishReport, windowOf } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

const named = optionalFields({ id: text, name: text, ip: text });

const alert = z.object(
  {
    id: text,
    timestamp: optionalTime,
    rule: z.object(
      {
        id: text,
        level: text,
        description: text,
        groups: optionalTexts,
        mitre: optionalFields({ id: optionalTexts, tactic: optionalTexts, technique: optionalTexts }),
      },
      "the rule of the alert",
    ),
    agent: named,
    manager: named,
    location: text,
    full_log: text,
    decoder: named,
    data: optionalObject,
    syscheck: optionalObject,
  },
  "an alert as in Wazuh's alerts.json",
);
type WazuhAlert = z.infer<typeof alert>;

/** Wazuh's alerts, as its integrator hands them to a script. They have no identity that outlives one event. */
export const wazuh: SourceKind = {
  kind: "wazuh",
  label: "Wazuh",
  setup:
    "Save the script as /var/ossec/integrations/custom-tocsin on the manager, with chmod 750 and chown root:wazuh. Add the integration to ossec.conf and restart wazuh-manager.",
  config: `#!/usr/bin/env python3
# /var/ossec/integrations/custom-tocsin
import sys, time, urllib.error, urllib.request
alert, key, url = sys.argv[1:4]
for wait in (0, 5, 30, 0):
    request = urllib.request.Request(url, open(alert, "rb").read(), {"X-API-Key": key})
    try:
        urllib.request.urlopen(request, timeout=10)
        break
    except urllib.error.HTTPError as error:
        if error.code < 429: sys.exit(f"Tocsin refused the alert: {error.read().decode()}")
    except OSError: pass
    time.sleep(wait)
else: sys.exit("Tocsin can't be reached")

<!-- ossec.conf -->
<integration>
  <name>custom-tocsin</name>
  <hook_url>{url}</hook_url>
  <api_key>{key}</api_key>
  <level>7</level>
  <alert_format>json</alert_format>
</integration>`,
  sample: {
    timestamp: "2026-01-01T00:00:00.000+0000",
    rule: { level: 10, description: "A first report", id: "100001", groups: ["tocsin"] },
    agent: { id: "001", name: "web-1" },
    manager: { name: "wazuh-1" },
    id: "1767225600.1",
  },
  reads: {
    identity: "rule, description, agent and what the event is about (addresses, users, file), for 60 minutes",
    severities: "rule.level: 15 and above CRITICAL, 12–14 HIGH, 7–11 MEDIUM, 4–6 LOW, 0–3 INFO",
    ends: "nothing; Wazuh doesn't say that something is over",
    fields: "rule, MITRE ATT&CK, agent, manager, data, syscheck, full_log; the decoder is the log type",
    retries:
      "one request per alert; the script tries 4 times within a minute. An alert sent again with its id counts once",
  },
  parse: parseWazuh,
  eventId: wazuhEventId,
};

function parseWazuh(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = readObject(alert, given);
  if (!read.ok) return [read];
  const { rule, timestamp, decoder, full_log, agent, manager, location, data, syscheck } = read.fields;
  const title = titleOf(source, rule.description, rule.id && `Wazuh rule ${rule.id}`);
  const { severity, warnings } = rate(
    Number(rule.level) <= maxLevel ? byThreshold(rule.level, levels) : null,
    rule.level,
    source,
    "a rule level from 0 to 16",
  );
  const report = finishReport({
    title,
    severity,
    detection: rule.id ? { id: rule.id, name: rule.description } : null,
    identity: windowOf(title, subjectOf(read.fields)),
    logTypes: decoder.name ? [decoder.name] : [],
    tags: rule.groups,
    reports: rule.mitre.id.length > 0 ? { "MITRE ATT&CK": rule.mitre.id } : {},
    description: full_log,
    context: filled({
      agent: filled(agent),
      data,
      syscheck,
      level: rule.level,
      tactics: rule.mitre.tactic,
      techniques: rule.mitre.technique,
      manager: manager.name,
      location,
    }),
    occurredAt: timestamp,
    event: given,
  });
  return [takenReport(report, [...read.warnings, ...warnings])];
}

/** What the event is about, without what differs each time: times, ports, process ids and counters. */
function subjectOf({ agent, data, syscheck }: WazuhAlert): Record<string, string | null> {
  const names = ["srcip", "dstip", "srcuser", "dstuser", "user"];
  const fields = Object.fromEntries(names.map((name) => [name, textOf(data?.[name])]));
  return { agent: agent.name ?? agent.id, ...fields, path: textOf(syscheck?.path) };
}

/** Wazuh's rule levels, grouped as on its dashboard; 0 to 3 are below what people should see. */
const maxLevel = 16;
const levels: [number, Severity][] = [
  [15, "CRITICAL"],
  [12, "HIGH"],
  [7, "MEDIUM"],
  [4, "LOW"],
  [0, "INFO"],
];

/** Managers count on their own, so the id alone would not do. */
function wazuhEventId(given: unknown): string | null {
  const read = alert.safeParse(given);
  if (!read.success || !read.data.id) return null;
  return JSON.stringify([read.data.manager.name, read.data.id]);
}
