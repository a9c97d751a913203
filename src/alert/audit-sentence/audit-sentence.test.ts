import { expect, test } from "vitest";
import { auditActions } from "../audit-action.ts";
import { auditSentence, sentenceText } from "./audit-sentence.ts";
import { actionLabel } from "./phrases.ts";
import type { SaidEntry } from "./say-values.ts";

const ada = { type: "user", id: "a", name: "Ada" };
const usual: SaidEntry = {
  ...{
    actor: ada,
    action: "settings.changed",
    target: null,
    outcome: "ok",
    slack: null,
    changes: {},
    data: {},
  },
};
const grace = { type: "user", id: "g", name: "Grace" };
const alert = { type: "alert", id: "1", name: "#1042 Disk full" };
const token = { type: "api_token", id: "t", name: "CI" };
const say = (entry: Partial<SaidEntry>) => sentenceText(auditSentence({ ...usual, ...entry }));
const mallory = {
  actor: { type: "system", id: "U0MALLORY1", name: "Slack user U0MALLORY1" },
  outcome: "refused" as const,
  action: "alert.change",
  target: alert,
  changes: { status: { to: "RESOLVED" } },
  data: { reason: "no Tocsin user has the email mallory@acme.example" },
};
const slack = { userId: "U0MALLORY1", teamId: "T0ACME" };

test.each<[string, Partial<SaidEntry>]>([
  [
    "Ada changed the role of Grace from Analyst to Admin",
    { action: "user.changed", target: grace, changes: { role: { from: "Analyst", to: "Admin" } } },
  ],
  [
    "Ada changed Grace: role from Analyst to Admin, enabled from on to off",
    {
      action: "user.changed",
      target: grace,
      changes: { role: { from: "Analyst", to: "Admin" }, enabled: { from: true, to: false } },
    },
  ],
  [
    "Ada created the API token “CI” with View Alerts, valid until 1 March 2027",
    {
      action: "api_token.created",
      target: token,
      changes: {
        name: { to: "CI" },
        permissions: { to: ["View Alerts"] },
        cidrs: { to: [] },
        expiresAt: { to: "2027-03-01T00:00:00.000Z" },
      },
    },
  ],
  [
    "Mallory (U0MALLORY1, ACME) was refused: resolve #1042 (Disk full). No Tocsin user has the email mallory@acme.example",
    { ...mallory, slack: { ...slack, name: "Mallory", team: "ACME" } },
  ],
  [
    "Slack user U0MALLORY1 (T0ACME) was refused: resolve #1042 (Disk full). No Tocsin user has the email mallory@acme.example",
    { ...mallory, slack },
  ],
  [
    "The API token “CI” marked #1042 (Disk full) as invalid, with a comment",
    {
      actor: { type: "token", id: "t", name: "CI" },
      action: "alert.change",
      target: alert,
      changes: { status: { from: "OPEN", to: "CLOSED" }, comment: { from: null, to: "added" } },
    },
  ],
  [
    "Ada assigned #1042 (Disk full) to grace@acme.example",
    {
      action: "alert.change",
      target: alert,
      changes: { assignee: { from: null, to: "grace@acme.example" } },
    },
  ],
  [
    "Ada triaged #1042 (Disk full), assigned to ada@acme.example",
    {
      action: "alert.change",
      target: alert,
      changes: { assignee: { from: null, to: "ada@acme.example" }, status: { from: "OPEN", to: "TRIAGED" } },
    },
  ],
  [
    "Ada commented on #1042 (Disk full)",
    { action: "alert.change", target: alert, changes: { comment: { to: "added" } } },
  ],
  [
    "Ada changed their own password",
    { action: "user.password_changed", target: { ...ada, type: "user", id: "a" } },
  ],
  [
    "Ada changed the setting “comment required” from off to on",
    { changes: { commentRequired: { from: false, to: true } } },
  ],
  ["Ada changed the settings without a difference", {}],
  [
    "Ada changed the Slack app: bot token replaced, mode from http to socket",
    {
      action: "slack_app.changed",
      changes: { botToken: { from: "set", to: "replaced" }, mode: { from: "http", to: "socket" } },
    },
  ],
  [
    "A sign-in as ada@acme.example was refused: wrong email or password",
    {
      action: "session.signed_in",
      outcome: "refused",
      data: { email: "ada@acme.example", why: "wrong email or password" },
    },
  ],
  ["Ada signed in", { action: "session.signed_in", target: { ...ada, type: "user" } }],
  [
    "37 further sign-ins from one network were refused between 14:02 and 14:09 UTC",
    {
      action: "session.sign_ins_refused",
      outcome: "refused",
      data: { further: 37, from: "2026-03-01T14:02:10.000Z", to: "2026-03-01T14:09:00.000Z" },
    },
  ],
  [
    "Ada was refused: PATCH /api/v1/users/:id on Grace (role). This needs the permission Manage Users",
    {
      action: "PATCH /api/v1/users/:id",
      outcome: "refused",
      target: grace,
      data: { why: "This needs the permission Manage Users.", fields: ["role"] },
    },
  ],
  [
    "Tocsin deleted old data: 3 alerts, 12 samples",
    {
      actor: { type: "system", id: null, name: "Tocsin" },
      action: "retention.deleted",
      data: { alerts: 3, samples: 12 },
    },
  ],
  [
    "Ada sent a Boomerang from #1042 (Disk full) to Eve, #sec",
    { action: "boomerang.ask", target: alert, data: { to: ["Eve", "#sec"] } },
  ],
  [
    "Ada revoked the API token “…12345678”".replace("“…12345678”", "…12345678"),
    {
      action: "api_token.revoked",
      target: { type: "api_token", id: "0000-12345678", name: null },
    },
  ],
  [
    "Ada deleted the legal hold “Case 7”",
    { action: "legal_hold.deleted", target: { type: "legal_hold", id: "l", name: "Case 7" } },
  ],
  ["Ada did “user: totp enabled” on Grace", { action: "user.totp_enabled", target: grace }],
  ["Ada did “backup” on a backup", { action: "backup" }],
])("%s", (sentence, entry) => {
  expect(say(entry)).toBe(sentence);
});

test.each(auditActions)(
  "%s reads as a sentence, accepted and refused, with and without a target",
  (action) => {
    for (const target of [null, { type: action.split(".")[0] ?? "", id: "00000000-0000", name: "X" }])
      for (const outcome of ["ok", "refused"] as const) {
        const said = say({ action, target, outcome });
        expect(said).toMatch(/^(Ada|A sign-in|none further sign-ins) .*[\w”)…]$/);
        expect(said).not.toMatch(/[{}_]| {2}|undefined|null/);
      }
  },
);

test("each action has a label of its own to choose it by", () => {
  const labels = auditActions.map(actionLabel);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels.filter((label) => /[{}_]| {2}/.test(label))).toEqual([]);
  expect(actionLabel("source.key_created")).toBe("Create the key of a source");
  expect(actionLabel("slack_app.trusted")).toBe("Trust a workspace");
});

test("the parts name what a reader can open", () => {
  const parts = auditSentence({
    ...usual,
    action: "user.changed",
    target: grace,
    changes: { name: { from: "G", to: "Grace" } },
  });
  expect(parts).toEqual([
    { text: "Ada", type: "user", id: "a" },
    " changed the name of ",
    { text: "Grace", type: "user", id: "g" },
    " from G to Grace",
  ]);
});

test("a sentence stays short, however much an entry holds", () => {
  const long = "x".repeat(5000);
  const items = Array.from({ length: 300 }, (_, at) => `item ${at}`);
  const changes = { name: { from: long, to: long }, logTypes: { from: [], to: items } };
  expect(
    say({ action: "source.changed", target: { type: "source", id: "s", name: long }, changes }).length,
  ).toBeLessThan(1200);
});
