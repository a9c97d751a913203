import { expect, test } from "vitest";
import { newChannels } from "./channel-list.ts";

test("newChannels returns only channels that the bot was invited to since the form was opened", () => {
  const now = [{ id: "C1" }, { id: "C2" }];
  expect(newChannels(new Set(["C1"]), now)).toEqual([{ id: "C2" }]);
  expect(newChannels(new Set(["C1", "C2", "C3"]), now)).toEqual([]);
});
