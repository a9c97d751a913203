import { expect, test } from "vitest";
import { type Answerer, type Asked, decideAnswer } from "./take-answer.ts";

const face = { deleted: false, isBot: false, isGuest: false };
const eve: Answerer = { slackUserId: "UEVE", face, member: true };
const open = { state: "open", askedBySlackId: "UADA" } as const;
const toEve: Asked = {
  boomerang: open,
  ask: { kind: "person", slackId: "UEVE", answeredBy: null },
  asker: "Ada",
};
const toChannel: Asked = { ...toEve, ask: { ...toEve.ask, kind: "channel", slackId: "C1" } };

test("whoever was asked answers, a guest among them", () => {
  expect(decideAnswer(toEve, eve)).toEqual({ kind: "take" });
  expect(decideAnswer(toEve, { ...eve, face: null, member: false })).toEqual({ kind: "take" });
});

test.each([
  ["somebody else", toEve, { ...eve, slackUserId: "UMALLORY" }, /for somebody else/],
  [
    "a second time",
    { ...toEve, ask: { ...toEve.ask, answeredBy: { id: "UEVE", name: "Eve" } } },
    eve,
    /^You have/,
  ],
  [
    "after another",
    { ...toChannel, ask: { ...toChannel.ask, answeredBy: { id: "UG", name: "Grace" } } },
    eve,
    /^Grace has/,
  ],
  [
    "after it was cancelled",
    { ...toEve, boomerang: { ...open, state: "cancelled" as const } },
    eve,
    /no longer needs/,
  ],
  [
    "too late",
    { ...toEve, boomerang: { ...open, state: "expired" as const } },
    eve,
    /time for an answer is over/,
  ],
  ["whoever asked the channel", toChannel, { ...eve, slackUserId: "UADA" }, /asked this yourself/],
  ["a guest of the channel", toChannel, { ...eve, face: { ...face, isGuest: true } }, /Only full members/],
  ["a bot", toChannel, { ...eve, face: { ...face, isBot: true } }, /Only full members/],
  ["another company", toChannel, { ...eve, member: false }, /Only full members/],
  ["somebody Slack doesn't show", toChannel, { ...eve, face: null }, /Only full members/],
])("%s is refused politely", (_, asked, by, why) => {
  expect(decideAnswer(asked, by)).toEqual({ kind: "refuse", why: expect.stringMatching(why) });
});

test("any full member answers for a channel", () => {
  expect(decideAnswer(toChannel, eve)).toEqual({ kind: "take" });
});
