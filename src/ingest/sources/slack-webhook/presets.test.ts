import { expect, test } from "vitest";
import { readRecorded } from "../../../../test/read-recorded.ts";
import { slackWebhook } from "./slack-webhook.ts";

const source = { defaultSeverity: "MEDIUM", name: "Chat" } as const;

function parse(given: unknown) {
  return slackWebhook.parse(given, source).flatMap((item) => (item.ok ? [item.report] : []));
}

/**
 * Each message of a file as `says severity title`, with a letter for its identity: a problem, the same later, another
 * problem, and the recovery of the first.
 */
function read(name: string): string[] {
  const messages: unknown = JSON.parse(readRecorded(`slack-webhook-${name}`).toString());
  const reports = [messages].flat().flatMap(parse);
  const keys = reports.map(({ identity, detectionId }) => JSON.stringify([identity, detectionId]));
  const letters = [...new Set(keys)];
  return reports.map(({ says, severity, title }, at) => {
    const letter = "abcdef"[letters.indexOf(keys[at] ?? "")];
    return [letter, says === "resolved" ? "over" : severity, title].join(" ");
  });
}

test.each([
  [
    "uptime-kuma",
    [
      "a HIGH [Billing API] [Down] connect ECONNREFUSED 10.0.4.7:443",
      "a HIGH [Billing API] [Down] timeout of 48000ms exceeded",
      "b HIGH [Mail relay] [Down] connect ETIMEDOUT 192.0.2.10:25",
      "a over [Billing API] [Up] 200 - OK",
    ],
  ],
  [
    "falcosidekick",
    [
      "a CRITICAL Sensitive file opened for reading by non-trusted program",
      "a CRITICAL Sensitive file opened for reading by non-trusted program",
      "b CRITICAL Sensitive file opened for reading by non-trusted program",
      "c LOW Unexpected connection to the API server",
    ],
  ],
  [
    "alertmanager-group",
    [
      "a MEDIUM TargetDown prod (node warning)",
      "a MEDIUM TargetDown prod (node warning)",
      "b CRITICAL TargetDown prod (postgres critical)",
      "a over TargetDown prod (node warning)",
    ],
  ],
  [
    "grafana",
    [
      "a CRITICAL HighLatency Edge (edge-1 critical)",
      "a CRITICAL HighLatency Edge (edge-1 critical)",
      "b CRITICAL HighLatency Edge (edge-2 critical)",
      "a over HighLatency Edge (edge-1 critical)",
      "c HIGH Queue depth",
      "c over Queue depth",
    ],
  ],
  [
    "wazuh-log",
    [
      "a HIGH sshd: authentication failed.",
      "a HIGH sshd: authentication failed.",
      "b HIGH sshd: authentication failed.",
      "c MEDIUM ossec: output: 'df -P': /dev/sda1 98%",
    ],
  ],
  [
    "elastalert",
    ["a HIGH Failed logins for root", "a HIGH Failed logins for root", "b HIGH Failed logins for root"],
  ],
  [
    "kibana",
    [
      "a MEDIUM Rule Disk almost full is active for group web-1",
      "a MEDIUM Rule Disk almost full is active for group web-1",
      "b MEDIUM Rule Disk almost full is active for group db-1",
      "a over Rule Disk almost full is recovered for group web-1",
      "c MEDIUM CPU usage is active",
      "c over CPU usage has recovered.",
    ],
  ],
  [
    "jenkins",
    [
      "a HIGH Platform » Deploy - #177 Failure",
      "a HIGH Platform » Deploy - #178 Still Failing",
      "b MEDIUM Platform » Nightly - #9 Unstable",
      "a over Platform » Deploy - #179 Back to normal",
    ],
  ],
  [
    "argo-cd",
    [
      "a HIGH The sync operation of application shop has failed with the following error: one or more objects failed to apply",
      "a HIGH The sync operation of application shop has failed with the following error: one or more objects failed to apply",
      "b MEDIUM Application shop has degraded.",
      "a over Application shop has been successfully synced.",
      "a over Application shop is now running new version of deployments manifests.",
      "b over Application shop is now running new version of deployments manifests.",
    ],
  ],
  [
    "sentry",
    [
      "a CRITICAL TimeoutError: no answer of the bank",
      "a CRITICAL TimeoutError: no answer of the bank",
      "b CRITICAL TimeoutError: no answer of the bank",
      "c CRITICAL Error rate of shop",
      "c over Error rate of shop",
    ],
  ],
  [
    "gitlab",
    [
      "a CRITICAL Disk full",
      "a CRITICAL Disk full",
      "b CRITICAL Certificate expired",
      "a over Disk full",
      "c HIGH shop: Pipeline #120 of branch main has failed",
      "d HIGH shop: Pipeline #121 of branch release has failed",
      "c over shop: Pipeline #122 of branch main has passed",
    ],
  ],
])("messages of %s are told apart, joined and ended", (name, expected) => {
  expect(read(name)).toEqual(expected);
});

test.each([
  [
    "Uptime Kuma without rich text",
    "[Billing API] [✅ Up] 200 - OK <!channel>",
    "over [Billing API] [Up] 200 - OK",
  ],
  ["Alertmanager with emoji", ":fire: [FIRING:12] DiskFull (db-1 warning)", "MEDIUM DiskFull (db-1 warning)"],
  ["a custom template for Alertmanager", "RESOLVED: DiskFull on db-1", "over DiskFull on db-1"],
  ["a group of which some alerts are over", "[FIRING:1, RESOLVED:2] DiskFull", "MEDIUM DiskFull"],
  [
    "a Jenkins pipeline",
    "FAILED: Job 'shop/main [12]' (https://ci.acme.example)",
    "HIGH shop/main - #12 FAILED",
  ],
  ["a Jenkins build that starts", "shop - #12 Started by user Ada", "INFO shop - #12 Started"],
  [
    "an application with another health",
    "Application shop health is 'Missing'",
    "MEDIUM Application shop health is 'Missing'",
  ],
  [
    "Kibana's monitor",
    "Alert for monitor Shop with url x has recovered",
    "over Alert for monitor Shop with url x has recovered",
  ],
  ["Kibana's severity", "Rule 'x' generated 3 alerts\n- Severity: high", "HIGH Rule x generated 3 alerts"],
])("the text of %s is read", (_, text, expected) => {
  const [report] = parse({ text });
  expect(`${report?.says === "resolved" ? "over" : report?.severity} ${report?.title}`).toBe(expected);
});

test("Falco's events are told apart by what only the text says", () => {
  const fields = [
    { title: "rule", value: "Shell" },
    { title: "priority", value: "Error" },
  ];
  const event = (text: string) => ({ username: "Falcosidekick", attachments: [{ text, fields }] });
  const ids = [
    event("10:00:00.1: Error A shell (user=root pid=81 connection=10.0.0.7:50122->203.0.113.7:443)"),
    event("10:09:00.1: Error A shell (user=root pid=92 connection=10.0.0.7:50188->203.0.113.7:443)"),
    event("10:00:00.1: Error A shell (user=eve pid=81 connection=10.0.0.7:50122->203.0.113.7:443)"),
  ].map((one) => JSON.stringify(parse(one)[0]?.identity));
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(ids[2]);
});

test("Alertmanager's titles without labels are told apart by the text", () => {
  const message = (status: string, text: string) => ({
    attachments: [{ title: `[${status}] TargetDown`, text }],
  });
  const ids = [
    message("FIRING:1", ":fire: *Firing* on api-1 for 5m"),
    message("RESOLVED", ":ok: *Resolved* on api-1 for 9m"),
    message("FIRING:1", ":fire: *Firing* on db-1 for 5m"),
  ].map((one) => JSON.stringify(parse(one)[0]?.identity));
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(ids[2]);
});

test.each([
  "Weekly report\nNew: 3\nOpen: 4\nRule Brute force has recovered\n[RESOLVED] DiskFull",
  "Backup - nightly Success",
  "RESOLVED by Ada",
  "The pipeline of shop has passed",
])("%j is no recovery of a known tool, so it opens an alert", (text) => {
  expect(parse({ text })).toMatchObject([{ says: "firing", title: text.split("\n")[0] }]);
});

test("a word for the severity that is not known leaves a warning and the colour", () => {
  const fields = [
    { title: "Severity", value: "Purple" },
    { title: "Status", value: "Triggered" },
  ];
  const given = {
    text: "Alert firing in acme/shop",
    attachments: [{ title: "Disk full", color: "danger", fields }],
  };
  expect(slackWebhook.parse(given, source)).toMatchObject([
    { ok: true, report: { severity: "HIGH" }, warnings: [{ field: "severity" }] },
  ]);
});
