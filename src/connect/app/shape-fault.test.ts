import { expect, test } from "vitest";
import { shapeFault } from "./shape-fault.ts";

const hex = "0123456789abcdef0123456789abcdef";

test.each([
  ["botToken", "xoxb-1-2-abc"],
  ["appToken", "xapp-1-A0TOCSIN01-2-abc"],
  ["clientId", "123.456"],
  ["clientSecret", hex],
  ["signingSecret", hex],
  ["signingSecret", "of-a-gateway"],
] as const)("for %s, the shape of %s is accepted", (field, value) => {
  expect(shapeFault(field, value)).toBeNull();
});

test.each([
  ["botToken", "xoxp-1-2", "This is a user token, not a Bot OAuth Token."],
  [
    "botToken",
    "xoxe.xoxb-1-2",
    "This token expires after 12 hours because token rotation is on for the app.",
  ],
  ["botToken", hex, "This looks like a Client Secret or Signing Secret, not a Bot OAuth Token."],
  ["botToken", "••••••••", "This is a masked value with dots instead of characters, not a Bot OAuth Token."],
  ["signingSecret", "••••", "This is a masked value with dots instead of characters, not a Signing Secret."],
  [
    "botToken",
    "xoxb-12…cd",
    "This is a masked value with dots instead of characters, not a Bot OAuth Token.",
  ],
  [
    "botToken",
    "xoxb-1—2-abc",
    "This contains “—”, which a Bot OAuth Token never does: it was changed on the way, for example by a word processor or chat.",
  ],
  [
    "signingSecret",
    hex.replace("a", "а"),
    "This contains “а”, which a Signing Secret never does: it was changed on the way, for example by a word processor or chat.",
  ],
  ["appToken", "xoxb-1-2-abc", "This is a Bot OAuth Token, not an App-Level Token."],
  ["botToken", "xapp-1-A0TOCSIN01-2-abc", "This is an App-Level Token, not a Bot OAuth Token."],
  ["appToken", "xoxe.xoxp-1-2", "This is an App Configuration Token, not an App-Level Token."],
  ["clientId", "A0TOCSIN01", "This is an App ID, not a Client ID."],
  ["signingSecret", "123.456", "This is a Client ID, not a Signing Secret."],
] as const)("for %s, the shape of %s is refused", (field, value, sentence) => {
  expect(shapeFault(field, value)?.sentence).toBe(sentence);
});
