import { expect, test } from "vitest";
import { cleanCredential } from "./clean-credential.ts";

test.each([
  ["  xoxb-1-2\n", "xoxb-1-2"],
  ['"xoxb-1-2"', "xoxb-1-2"],
  ["“xoxb-1-2”", "xoxb-1-2"],
  ["`xoxb-1\n-2`", "xoxb-1-2"],
  ["\u200bxoxb-1-2\ufeff", "xoxb-1-2"],
  ["", ""],
])("%j is taken as %j", (given, clean) => {
  expect(cleanCredential(given)).toBe(clean);
});
