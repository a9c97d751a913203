import { expect, test } from "vitest";
import { chooseOverride } from "./choose-settings.ts";

const all = [
  { id: "0199-a", name: "Security" },
  { id: "0199-b", name: "Platform" },
];

test("an override takes ids or names regardless of case, each once", () => {
  expect(chooseOverride(["0199-B", "security", "Security "], all)).toEqual(["0199-b", "0199-a"]);
});

test("an empty override stays empty", () => {
  expect(chooseOverride([], all)).toEqual([]);
});

test("an override with unknown names is refused with all of them", () => {
  expect(chooseOverride(["Security", "Billing", "0199-c"], all)).toEqual({
    refused: "invalid",
    field: "destinations",
    why: 'Unknown destinations: "Billing", "0199-c". Use names or ids of existing destinations.',
  });
});
