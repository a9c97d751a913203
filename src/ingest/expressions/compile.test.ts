import { expect, test } from "vitest";
import { describeFault } from "./compile.ts";

test.each([
  [
    "a value of the wrong type",
    { code: "T2001", message: "The left side of + must be a number", value: "ten" },
    'The left side of + must be a number. It met "ten".',
  ],
  [
    "a value that the message names",
    { code: "T0410", message: 'Argument "ten" does not fit', value: "ten" },
    'Argument "ten" does not fit',
  ],
  ["a limit, whose value says nothing", { code: "D2014", message: "Too long", value: 1e7 }, "Too long"],
  ["no object", "stopped", "stopped"],
])("a fault of an expression tells %s", (_, caught, fault) => {
  expect(describeFault(caught, "a + b").fault).toBe(fault);
});

test("a fault's place is the token's, within the expression", () => {
  const at = (position: number, token: string) =>
    describeFault({ code: "S0201", message: "Unexpected", position, token }, "a + b c").at;
  expect([at(7, "c"), at(3, "+"), at(99, "(end)")]).toEqual([6, 2, 6]);
});
