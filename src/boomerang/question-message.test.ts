import { expect, test } from "vitest";
import { decideAskFault } from "./question-message.ts";

const fault = (kind: "rate" | "passing" | "setup" | "gone", code: string) => ({
  kind,
  code,
  retryAfterSeconds: 7,
});
const sending = { what: "send", attempts: 3 } as const;

test.each([
  ["Slack's limit is waited out", fault("rate", "ratelimited"), { kind: "again", seconds: 7 }],
  ["what passes is tried again", fault("passing", "http_503"), { kind: "again", seconds: 8 }],
  ["a broken app is waited for", fault("setup", "token_revoked"), { kind: "again", seconds: 60 }],
  [
    "whoever left can't be asked",
    fault("gone", "user_disabled"),
    { kind: "unreachable", why: "their Slack account is deactivated" },
  ],
  [
    "nor can a channel without the bot",
    fault("setup", "not_in_channel"),
    { kind: "unreachable", why: "the bot is not in the channel" },
  ],
])("%s", (_, met, next) => {
  expect(decideAskFault(sending, met, 1)).toEqual(next);
});

test("a message that is gone is left alone", () => {
  expect(decideAskFault({ what: "update", attempts: 1 }, fault("gone", "message_not_found"), 1)).toEqual({
    kind: "leave",
  });
});
