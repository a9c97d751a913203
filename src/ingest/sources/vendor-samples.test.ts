import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportsOf } from "../../../test/parse-recorded.ts";
import type { SourceKind } from "../source-kind.ts";
import { crowdstrike } from "./crowdstrike.ts";
import { guardduty } from "./guardduty.ts";
import { securityHub } from "./security-hub.ts";
import { sentinel } from "./sentinel.ts";
import { sentinelone } from "./sentinelone.ts";
import { wiz } from "./wiz.ts";

const folder = join(process.env.TOCSIN_ORACLES ?? "", "alerts");

const samples: [file: string, kind: SourceKind, expected: object][] = [
  ["aws-guardduty/CONSTRUCTED-eventbridge-high-sev", guardduty, { severity: "HIGH", says: "firing" }],
  ["aws-guardduty/eventbridge-envelope-empty-detail", guardduty, { title: "GuardDuty Finding" }],
  ["aws-security-hub/asff-afsbp-s3.2", securityHub, { severity: "INFO", says: "resolved" }],
  [
    "aws-security-hub/eventbridge-custom-action-cloudtrail",
    securityHub,
    { severity: "INFO", says: "firing" },
  ],
  [
    "microsoft/microsoft_graph_passthrough--password-spray-event-v2",
    sentinel,
    { title: "Password Spray", severity: "HIGH", identity: { kind: "named" } },
  ],
  [
    "crowdstrike/crowdstrike_detection_passthrough--low-severity-finding",
    crowdstrike,
    { title: "NGAV: macbook", severity: "LOW", identity: { kind: "named" } },
  ],
  [
    "sentinelone/sentinelone_alert_passthrough--critical",
    sentinelone,
    { severity: "CRITICAL", identity: { kind: "named", id: "1570395776954206544" } },
  ],
  [
    "wiz/wiz_issue_alert_passthrough--open-alert",
    wiz,
    {
      says: "firing",
      severity: "HIGH",
      identity: { kind: "named", id: "e3188a71-794c-5ee8-b97c-eb794aa5b752" },
    },
  ],
];

test.skipIf(!process.env.TOCSIN_ORACLES).each(samples)(
  "%s is read (TOCSIN_ORACLES)",
  (file, kind, expected) => {
    const body: unknown = JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"));
    expect(reportsOf(kind, body)).toMatchObject([expected]);
  },
);
