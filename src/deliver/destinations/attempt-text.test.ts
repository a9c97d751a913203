import { expect, test } from "vitest";
import { attemptText } from "./attempt-text.ts";

test.each([
  ["sent", null, "Delivered."],
  ["retry", "internal_error", "Not delivered (internal_error). Tocsin tries again by itself."],
  ["hold", "not_in_channel", "The bot is not in the channel. The delivery is held until this is fixed."],
  ["give-up", "fatal_error", "Given up (fatal_error). Re-send it once the cause is fixed."],
] as const)("the text of a Slack attempt says what happened: %s %s", (outcome, error, text) => {
  expect(attemptText({ outcome, error, destinationType: "slack-bot", channelId: "C0SECURITY1" })).toBe(text);
});

test.each([
  ["told", null, "A change of the alert was delivered."],
  ["wait", "http_429", "hooks.example limits how fast Tocsin may send. Tocsin waits and tries again."],
  [
    "hold",
    "http_401",
    "hooks.example rejected the credentials (401). The delivery is held until this is fixed.",
  ],
] as const)("the text of a webhook attempt says what happened: %s %s", (outcome, error, text) => {
  const to = { destinationType: "custom-webhook", channelId: "hooks.example" } as const;
  expect(attemptText({ outcome, error, ...to })).toBe(text);
});
