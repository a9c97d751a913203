import { expect, test } from "vitest";
import { type AnswerContext, type Answerer, decideAnswer } from "./take-answer.ts";

const profile = { deleted: false, isBot: false, isGuest: false };
const eve: Answerer = { slackUserId: "UEVE", profile, member: true };
const open = { state: "open", askedBySlackId: "UADA" } as const;
const toEve: AnswerContext = {
  boomerang: open,
  recipient: { kind: "person", slackId: "UEVE", answeredBy: null },
  asker: "Ada",
};
const toChannel: AnswerContext = {
  ...toEve,
  recipient: { ...toEve.recipient, kind: "channel", slackId: "C1" },
};

test("the person who was asked can answer, even if Slack doesn't show them", () => {
  expect(decideAnswer(toEve, eve)).toEqual({ kind: "take" });
  expect(decideAnswer(toEve, { ...eve, profile: null, member: false })).toEqual({ kind: "take" });
});

test.each([
  ["someone else", toEve, { ...eve, slackUserId: "UMALLORY" }, /for someone else/],
  [
    "a second answer",
    { ...toEve, recipient: { ...toEve.recipient, answeredBy: { id: "UEVE", name: "Eve" } } },
    eve,
    /^You have/,
  ],
  [
    "an answer after another member's",
    { ...toChannel, recipient: { ...toChannel.recipient, answeredBy: { id: "UG", name: "Grace" } } },
    eve,
    /^Grace has/,
  ],
  [
    "an answer after Cancel",
    { ...toEve, boomerang: { ...open, state: "cancelled" as const } },
    eve,
    /no longer needs/,
  ],
  [
    "an answer after the deadline",
    { ...toEve, boomerang: { ...open, state: "expired" as const } },
    eve,
    /time to answer is over/,
  ],
  ["the person who asked the channel", toChannel, { ...eve, slackUserId: "UADA" }, /question yourself/],
  [
    "a guest in the channel",
    toChannel,
    { ...eve, profile: { ...profile, isGuest: true } },
    /Only full members/,
  ],
  ["a bot", toChannel, { ...eve, profile: { ...profile, isBot: true } }, /Only full members/],
  ["a member of another company", toChannel, { ...eve, member: false }, /Only full members/],
  ["a person whom Slack doesn't show", toChannel, { ...eve, profile: null }, /Only full members/],
])("%s is refused with a polite reason", (_, context, by, why) => {
  expect(decideAnswer(context, by)).toEqual({ kind: "refuse", why: expect.stringMatching(why) });
});

test("any full member can answer for a channel", () => {
  expect(decideAnswer(toChannel, eve)).toEqual({ kind: "take" });
});
