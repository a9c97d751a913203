import { expect, test } from "vitest";
import { readRecorded } from "../../../../test/read-recorded.ts";
import { slackWebhook } from "./slack-webhook.ts";

const source = { defaultSeverity: "MEDIUM" } as const;
const parse = (given: unknown) => slackWebhook.parse(given, source)[0];
const recorded = (name: string) => parse(JSON.parse(readRecorded(name).toString()));

test("a Slack message from Alertmanager is parsed", () => {
  expect(recorded("slack-webhook-alertmanager")).toMatchObject({
    ok: true,
    report: {
      says: "firing",
      title: "[FIRING:1] SSHBruteForce (bastion-1 critical)",
      severity: "HIGH",
      identity: { kind: "windowed", dedupString: "[FIRING:1] SSHBruteForce (bastion-1 critical)" },
      description: ">50 failed logins from 203.0.113.7\nRunbook (https://runbooks.acme.example/ssh)",
      reference: "http://alertmanager.acme.example:9093/#/alerts?receiver=slack",
      context: {},
    },
  });
});

test("a Slack message from Wazuh is parsed, with its fields in the context", () => {
  expect(recorded("slack-webhook-wazuh")).toMatchObject({
    ok: true,
    report: {
      title: "sshd: Attempt to login using a non-existent user",
      severity: "MEDIUM",
      description: expect.stringMatching(/^WAZUH Alert\nJan 15 .* port 50122$/),
      context: {
        Agent: "(001) - web-1",
        Location: "/var/log/auth.log",
        "Rule ID": "5710 _(Level 5)_",
      },
    },
  });
});

test("blocks are read line by line, and the notification text is the title", () => {
  expect(recorded("slack-webhook-blocks")).toMatchObject({
    ok: true,
    report: {
      title: "Deploy of *billing* failed & was rolled back",
      severity: "MEDIUM",
      description: [
        "Deploy failed",
        "@here @ada, see build 42 (https://ci.acme.example/42)",
        "*Branch* main",
        "- exit code 1",
        "- log (https://ci.acme.example/log)",
        "by CI",
        "Open (https://ci.acme.example/42)",
      ].join("\n"),
    },
  });
});

test.each([
  [
    "a text of several lines",
    { text: "\nDisk full\nweb-1, 99 %" },
    { title: "Disk full", description: "web-1, 99 %" },
  ],
  ["channel and username", { text: "x", channel: "#a", username: "b" }, { title: "x", description: null }],
  [
    "attachments of several colours",
    { attachments: [{ color: "good", text: "a" }, { color: "danger" }] },
    { severity: "HIGH" },
  ],
  ["a blue bar", { attachments: [{ color: "#439FE0", text: "a" }] }, { severity: "MEDIUM" }],
  ["bad attachments", { text: "x", attachments: [null, 7, { text: [] }] }, { title: "x" }],
  [
    "fields with the same title",
    {
      text: "x",
      attachments: [{ fields: [{ title: "Host", value: "a" }, { title: "Host", value: 2 }, null] }],
    },
    { context: { Host: "a\n2" } },
  ],
])("a message with %s is accepted", (_, given, report) => {
  expect(parse(given)).toMatchObject({ ok: true, report });
});

test("a message without text is refused", () => {
  expect(parse({ channel: "#a" })).toMatchObject({ ok: false, field: "text" });
  expect(parse([])).toMatchObject({ ok: false, field: "report" });
});
