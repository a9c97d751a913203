import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportsOf, sameAlert } from "../../../test/builders/parsed.ts";
import type { SourceKind } from "../source-kind.ts";
import { cloudevents } from "./cloudevents.ts";
import { datadog } from "./datadog.ts";
import { elastic } from "./elastic.ts";
import { falco } from "./falco.ts";
import { grafana } from "./grafana.ts";
import { splunk } from "./splunk.ts";

const folder = join(process.env.TOCSIN_ORACLES ?? "", "alerts");

const expected: [SourceKind, string, [says: string, severity: string, title: string][]][] = [
  [
    grafana,
    "grafana/zulip-alert-9-mixed.json",
    [
      ["resolved", "LOW", "This is a summary field, failure on badhost.example.com"],
      ["resolved", "LOW", "This is a summary field, failure on otherhost.example.com"],
      ["firing", "LOW", "Testing **another** failing alert"],
    ],
  ],
  [grafana, "grafana/alerta-legacy-v6.json", [["firing", "MEDIUM", "Testing -> Battery Voltage alert"]]],
  [
    elastic,
    "elastic/CONSTRUCTED-alert-nested-keys.json",
    [["firing", "HIGH", "Sysmon - Binary Execution from Windows Tasks"]],
  ],
  [
    falco,
    "falco/internal-syscall-event-drop.json",
    [["firing", "INFO", "Falco internal: syscall event drop. 815508 system calls dropped in last second."]],
  ],
  [
    falco,
    "falco/readme-write-below-binary-dir.json",
    [["firing", "HIGH", "File below a known binary directory opened for writing"]],
  ],
  [splunk, "splunk/zulip-search-one-result.json", [["firing", "LOW", "sudo"]]],
  [cloudevents, "cloudevents/spec-json-1.json", [["firing", "LOW", "com.example.someevent"]]],
  [cloudevents, "cloudevents/spec-json-3.json", [["firing", "LOW", "com.example.someevent"]]],
  [datadog, "datadog/security-signal-api-detail.json", [["firing", "INFO", "Generate a fake Signal"]]],
];

test
  .skipIf(!process.env.TOCSIN_ORACLES || !existsSync(folder))
  .each(expected.map(([kind, file, reports]) => ({ kind, file, reports })))(
  "a real payload is parsed completely, twice to one alert (needs TOCSIN_ORACLES): $file",
  ({ kind, file, reports }) => {
    const body = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const found = reportsOf(kind, body).map(({ says, severity, title }) => [says, severity, title]);
    expect(found).toEqual(reports);
    expect(sameAlert(kind, body, structuredClone(body))).toBe(true);
  },
);
