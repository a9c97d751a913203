import { expect, test } from "vitest";
import { attemptWords } from "./attempt-text.ts";

test.each([
  ["sent", null, "It arrived."],
  ["retry", "internal_error", "It didn't get through (internal_error). Tocsin tries again by itself."],
  ["hold", "not_in_channel", "The bot is not in the channel. It is held until that is put right."],
  ["give-up", "fatal_error", "Given up (fatal_error). Re-send it once the reason is gone."],
] as const)("%s %s", (outcome, error, words) => {
  expect(attemptWords({ outcome, error, destinationType: "slack-bot", channelId: "C0SECURITY1" })).toBe(
    words,
  );
});

test.each([
  ["told", null, "A change of the alert arrived."],
  ["wait", "http_429", "hooks.example asked to wait, since more came than it takes. Nothing is wrong."],
  ["hold", "http_401", "hooks.example doesn't know who asks (401). It is held until that is put right."],
] as const)("of a webhook, %s %s", (outcome, error, words) => {
  const to = { destinationType: "custom-webhook", channelId: "hooks.example" } as const;
  expect(attemptWords({ outcome, error, ...to })).toBe(words);
});
