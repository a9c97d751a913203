import { expect, test } from "vitest";
import { turns } from "./turns.ts";

test("work is done in order, and what else there is to do is done in between", async () => {
  const inTurn = turns();
  const done: string[] = [];
  const first = inTurn(() => {
    setImmediate(() => done.push("in between"));
    return done.push("first");
  });
  const second = inTurn(() => done.push("second"));
  expect(await Promise.all([first, second])).toEqual([1, 3]);
  expect(done).toEqual(["first", "in between", "second"]);
});

test("a failure is told to whom it belongs, and the next has its turn", async () => {
  const inTurn = turns();
  const bad = inTurn(() => {
    throw new Error("bad");
  });
  const next = inTurn(() => "next");
  await expect(bad).rejects.toThrow("bad");
  expect(await next).toBe("next");
});
