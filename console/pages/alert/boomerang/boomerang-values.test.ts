import { expect, test } from "vitest";
import { type BoomerangValues, parseBoomerang } from "./boomerang-values.ts";

const values: BoomerangValues = {
  recipientType: "people",
  to: ["eve@acme.example", "U0EVE000001"],
  channel: "",
  question: " Was this you? ",
  answers: "yes_no",
  openFor: "4h",
  secondFactor: false,
};
const rest = { question: "Was this you?", answers: "yes_no", openFor: "4h", secondFactor: false };
const errorsOf = (change: Partial<BoomerangValues>) => {
  const parsed = parseBoomerang({ ...values, ...change });
  return "errors" in parsed ? [...parsed.errors] : null;
};

test("people are sent as email addresses or Slack user IDs", () => {
  expect(parseBoomerang(values)).toEqual({
    ...rest,
    to: [{ email: "eve@acme.example" }, { slackUserId: "U0EVE000001" }],
  });
});

test("a chosen channel replaces the people", () => {
  expect(parseBoomerang({ ...values, recipientType: "channel", channel: "#platform" })).toEqual({
    ...rest,
    to: [{ channel: "#platform" }],
  });
});

test("a missing or invalid value is reported at its field", () => {
  expect(errorsOf({ to: [] })).toEqual([["to", "Choose one to five people."]]);
  expect(errorsOf({ to: ["Eve"] })).toEqual([
    ["to", "“Eve” is not an email address. Enter a full address, such as eve@acme.example."],
  ]);
  expect(errorsOf({ recipientType: "channel" })).toEqual([["to", "Choose a channel that the bot is in."]]);
  expect(errorsOf({ question: " " })).toEqual([["question", "Enter a message."]]);
});
