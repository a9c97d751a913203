import { expect, test } from "vitest";
import { type AskValues, readAsked } from "./ask-values.ts";

const values: AskValues = {
  whom: "people",
  to: ["eve@acme.example", "U0EVE000001"],
  channel: "",
  question: " Was this you? ",
  answers: "yes_no",
  openFor: "4h",
};
const how = { question: "Was this you?", answers: "yes_no", openFor: "4h" };
const whyNot = (change: Partial<AskValues>) => {
  const asked = readAsked({ ...values, ...change });
  return "wrong" in asked ? [...asked.wrong] : null;
};

test("people are named by e-mail, or by their id in Slack", () => {
  expect(readAsked(values)).toEqual({
    ...how,
    to: [{ email: "eve@acme.example" }, { slackUserId: "U0EVE000001" }],
  });
});

test("a channel takes the place of people", () => {
  expect(readAsked({ ...values, whom: "channel", channel: "#platform" })).toEqual({
    ...how,
    to: [{ channel: "#platform" }],
  });
});

test("what is missing is said at its field", () => {
  expect(whyNot({ to: [] })).toEqual([["to", "Choose up to five people."]]);
  expect(whyNot({ to: ["Eve"] })).toEqual([["to", "“Eve” is no e-mail. Write it out, as eve@acme.example."]]);
  expect(whyNot({ whom: "channel" })).toEqual([["to", "Choose a channel that the bot is in."]]);
  expect(whyNot({ question: " " })).toEqual([["question", "Say what you want to know."]]);
});
