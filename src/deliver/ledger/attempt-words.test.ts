import { expect, test } from "vitest";
import { attemptWords } from "./attempt-words.ts";

test.each([
  ["sent", null, "It arrived."],
  ["retry", "internal_error", "It didn't get through (internal_error). Tocsin tries again by itself."],
  ["hold", "not_in_channel", "The bot is not in the channel. It is held until that is put right."],
  ["give-up", "fatal_error", "Given up (fatal_error). Re-send it once the reason is gone."],
] as const)("%s %s", (outcome, error, words) => {
  expect(attemptWords({ outcome, error })).toBe(words);
});
