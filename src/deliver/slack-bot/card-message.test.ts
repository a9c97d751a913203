import { expect, test } from "vitest";
import { mentionFor } from "./card-message.ts";

const here = { kind: "here" } as const;

test("a new card has the mention of its severity, and only that", () => {
  expect(mentionFor({ severity: "CRITICAL", status: "OPEN" }, { CRITICAL: here })).toBe(here);
  expect(mentionFor({ severity: "HIGH", status: "OPEN" }, { CRITICAL: here })).toBeNull();
});

test("a new card of a closed alert has no mention", () => {
  expect(mentionFor({ severity: "CRITICAL", status: "RESOLVED" }, { CRITICAL: here })).toBeNull();
});
