import { expect, test } from "vitest";
import { newcomers } from "./channel-list.ts";

test("only what the bot was invited to meanwhile is offered", () => {
  const now = [{ id: "C1" }, { id: "C2" }];
  expect(newcomers(new Set(["C1"]), now)).toEqual([{ id: "C2" }]);
  expect(newcomers(new Set(["C1", "C2", "C3"]), now)).toEqual([]);
});
