import { expect, test } from "vitest";
import { describeAction, describeDetails } from "./describe-entry.ts";

test("an action is words", () => {
  expect(describeAction("destination.key_added")).toBe("Destination: key added");
  expect(describeAction("api_token.created")).toBe("API token: created");
  expect(describeAction("POST /api/v1/users")).toBe("POST /api/v1/users");
});

test.each([
  ["a change", { role: { from: "Analyst", to: "Admin" } }, {}, "role: Analyst → Admin"],
  ["a switch", { syncToSlack: { from: true, to: false } }, {}, "sync to Slack: on → off"],
  ["a list", { logTypes: { from: [], to: ["Okta", "AWS"] } }, {}, "log types: none → Okta, AWS"],
  ["what is new", { displayName: { to: "SOC" }, logTypes: { to: [] } }, {}, "display name: SOC"],
  ["a secret", { botToken: { from: "set", to: "replaced" } }, {}, "bot token: set → replaced"],
  ["more than changes", {}, { why: "too many tries", count: 3 }, "why: too many tries; count: 3"],
  ["an object", { mentions: { from: {}, to: { HIGH: "S1" } } }, {}, 'mentions: none → {"HIGH":"S1"}'],
])("%s is said in words", (_what, changes, data, text) => {
  expect(describeDetails({ changes, data })).toBe(text);
});
