import { expect, test } from "vitest";
import { decideQuestionFault } from "./question-message.ts";

const slackFault = (kind: "rate" | "passing" | "setup" | "gone", code: string) => ({
  kind,
  code,
  retryAfterSeconds: 7,
});
const sending = { what: "send", attempts: 3 } as const;

test.each([
  ["a rate limit is waited out", slackFault("rate", "ratelimited"), { kind: "retry", seconds: 7 }],
  ["a passing fault is retried", slackFault("passing", "http_503"), { kind: "retry", seconds: 8 }],
  [
    "a fault of the app is retried every minute",
    slackFault("setup", "token_revoked"),
    { kind: "retry", seconds: 60 },
  ],
  [
    "a deactivated person becomes unreachable",
    slackFault("gone", "user_disabled"),
    { kind: "unreachable", why: "their Slack account is deactivated" },
  ],
  [
    "a channel without the bot becomes unreachable",
    slackFault("setup", "not_in_channel"),
    { kind: "unreachable", why: "the bot is not in the channel" },
  ],
])("%s", (_, slackFault, next) => {
  expect(decideQuestionFault(sending, slackFault, 1)).toEqual(next);
});

test("a message that is gone is not edited again", () => {
  expect(
    decideQuestionFault({ what: "update", attempts: 1 }, slackFault("gone", "message_not_found"), 1),
  ).toEqual({
    kind: "leave",
  });
});
