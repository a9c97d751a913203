import { expect, test } from "vitest";
import { readRecorded } from "../../../../test/read-recorded.ts";
import { slackWebhook } from "./slack-webhook.ts";

const source = { defaultSeverity: "MEDIUM", name: "Chat" } as const;
const parse = (given: unknown) => slackWebhook.parse(given, source)[0];
const recorded = (name: string) => parse(JSON.parse(readRecorded(name).toString()));

test("a Slack message from Alertmanager is parsed", () => {
  expect(recorded("slack-webhook-alertmanager")).toMatchObject({
    ok: true,
    report: {
      says: "firing",
      title: "SSHBruteForce (bastion-1 critical)",
      severity: "CRITICAL",
      detectionId: null,
      identity: { kind: "windowed", dedupString: "Alertmanager: SSHBruteForce (bastion-1 critical)" },
      description:
        "[FIRING:1] SSHBruteForce (bastion-1 critical)\n>50 failed logins from 203.0.113.7\nRunbook (https://runbooks.acme.example/ssh)",
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
      severity: "LOW",
      detectionId: "5710",
      description: expect.stringMatching(/^Jan 15 .* port 50122\nAgent: \(001\) - web-1\n/),
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
        "Branch: main",
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
  [
    "one attachment that is no list",
    { attachments: { title: "a", fields: { title: "b", value: 1 } } },
    { title: "a", context: { b: 1 } },
  ],
  [
    "an escaped link",
    { text: "x", attachments: [{ title_link: "https://acme.example/?a=1&amp;b=2" }] },
    { reference: "https://acme.example/?a=1&b=2" },
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

test.each([
  [
    "a title above the pretext",
    { attachments: [{ pretext: "Alarm", title: "bad user", text: "x" }] },
    "bad user",
  ],
  ["mentions and emoji in front", { text: "<!channel> :fire: Disk full" }, "Disk full"],
  ["a line of mentions", { text: "<!channel> <@U1>\nDisk full" }, "Disk full"],
  ["a rule and the tool's name", { username: "Watcher", text: "---\nWatcher Alert\nDisk full" }, "Disk full"],
  ["nothing but mentions", { text: "<!channel>" }, "@channel"],
  ["a fallback only", { attachments: [{ fallback: "for old clients" }] }, "for old clients"],
  ["rich text with an emoji", richText(), "CRITICAL: bucket acme-logs is public"],
  ["a number for a text", { text: 404 }, "404"],
  ["a text object for a text", { text: { type: "mrkdwn", text: "Disk full" } }, "Disk full"],
])("the title of a message with %s is its first line that says something", (_, given, title) => {
  expect(parse(given)).toMatchObject({ ok: true, report: { title } });
});

function richText() {
  const elements = [
    { type: "emoji", name: "rotating_light" },
    { type: "text", text: " CRITICAL: bucket acme-logs is public", style: { bold: true } },
  ];
  return { blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }] };
}

test("fields of any type are shown, and kept as they are", () => {
  const fields = [
    { title: "Hits", value: 51 },
    { title: "Root", value: true },
    { title: "Hosts", value: ["web-1", 2] },
    { title: "Geo", value: { country: "AT" } },
    { title: "Note", value: "a &amp; b" },
    { title: "None", value: null },
  ];
  expect(parse({ text: "x", attachments: [{ fields }] })).toMatchObject({
    report: {
      description: 'Hits: 51\nRoot: true\nHosts: web-1, 2\nGeo: {"country":"AT"}\nNote: a & b',
      context: {
        Hits: 51,
        Root: true,
        Hosts: ["web-1", 2],
        Geo: { country: "AT" },
        Note: "a & b",
        None: null,
      },
    },
  });
});

test("named fields of a section are in the context", () => {
  const fields = [
    { type: "mrkdwn", text: "*Host:* web-1" },
    { type: "mrkdwn", text: "*User*\neve" },
  ];
  expect(parse({ text: "x", blocks: [{ type: "section", fields }] })).toMatchObject({
    report: { context: { Host: "web-1", User: "eve" } },
  });
});

const dedupString = (given: unknown) => {
  const item = parse(given);
  return item?.ok && item.report.identity.kind === "windowed" ? item.report.identity.dedupString : null;
};

test.each([
  ["text below the title", { text: "Disk full\nweb-1" }, { text: "Disk full\nweb-2" }],
  ["a block", richText(), { blocks: [{ type: "header", text: { type: "plain_text", text: "x" } }] }],
  ["a field", withField("web-1"), withField("web-2")],
  ["an attachment", { text: "x", attachments: [{ text: "a" }] }, { text: "x", attachments: [{ text: "b" }] }],
])("two messages that differ in %s are two things", (_, one, other) => {
  expect(dedupString(one)).not.toBe(dedupString(other));
});

function withField(value: string) {
  return { text: "Disk full", attachments: [{ fields: [{ title: "Host", value }] }] };
}

test.each([
  ["times", { text: "10:00:00 Disk full\nsince 5 min" }, { text: "10:05:09 Disk full\nsince 10 min" }],
  ["counters", { text: "[ALERT:2] Disk full" }, { text: "[ALERT:5] Disk full" }],
  [
    "colour, channel and ts",
    { text: "x" },
    { text: "x", channel: "#a", attachments: [{ color: "good", ts: 1795946400 }] },
  ],
])("two messages that differ only in %s are the same thing", (_, one, other) => {
  expect(dedupString(one)).toBe(dedupString(other));
});

test("a message without text is taken under the source's name, with a warning", () => {
  expect(parse({ channel: "#a" })).toMatchObject({
    ok: true,
    report: { title: "Chat" },
    warnings: [{ field: "text" }],
  });
  expect(parse([])).toMatchObject({ ok: false, field: "report" });
});
