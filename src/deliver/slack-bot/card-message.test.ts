import { expect, test } from "vitest";
import { mentionFor } from "./card-message.ts";

const here = { kind: "here" } as const;

test("a new card calls whom its severity names", () => {
  expect(mentionFor({ severity: "CRITICAL", status: "OPEN" }, { CRITICAL: here })).toBe(here);
  expect(mentionFor({ severity: "HIGH", status: "OPEN" }, { CRITICAL: here })).toBeNull();
});

test("nobody is called about an alert that was over before its card came", () => {
  expect(mentionFor({ severity: "CRITICAL", status: "RESOLVED" }, { CRITICAL: here })).toBeNull();
});
