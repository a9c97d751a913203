import { expect, test } from "vitest";
import { chooseOverride } from "./detections.ts";

const all = [
  { id: "0199-a", name: "Security" },
  { id: "0199-b", name: "Platform" },
];

test("destinations are named by id, or by name without regard to case, and kept once", () => {
  expect(chooseOverride(["0199-B", "security", "Security "], all)).toEqual(["0199-b", "0199-a"]);
});

test("an empty list goes nowhere", () => {
  expect(chooseOverride([], all)).toEqual([]);
});

test("all names that no destination has are told", () => {
  expect(chooseOverride(["Security", "Billing", "0199-c"], all)).toEqual({
    refused: "invalid",
    field: "destinations",
    why: 'There is no destination "Billing", "0199-c".',
  });
});
