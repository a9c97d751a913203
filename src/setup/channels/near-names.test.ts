import { expect, test } from "vitest";
import { nearNames } from "./near-names.ts";

const names = ["security", "secure-files", "platform", "random", "sec-private", "se"];

test("a slip of the finger finds the name", () => {
  expect(nearNames("securty", names)).toEqual(["security"]);
});

test("part of a name finds it, and the best comes first", () => {
  expect(nearNames("private", names)).toEqual(["sec-private"]);
  expect(nearNames("securit", ["secretary", "security"])[0]).toBe("security");
});

test("nothing near is nothing, and never more than three", () => {
  expect(nearNames("billing", names)).toEqual([]);
  expect(nearNames("a1", ["a2", "a3", "a4", "a5"])).toHaveLength(3);
});
