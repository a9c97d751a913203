import { expect, test } from "vitest";
import { groupCommit, turns } from "./group-commit.ts";

const options = { most: 100, weight: () => 1, isBadData: (fault: unknown) => fault === "bad" };

test("what waits while a group commits is committed together", async () => {
  const groups: number[][] = [];
  const lane = async (items: number[]) => {
    groups.push(items);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return items.map((item) => item * 2);
  };
  const commit = groupCommit([lane], options);
  const first = commit.submit(1);
  await new Promise((resolve) => setImmediate(resolve));
  const rest = [2, 3, 4].map((item) => commit.submit(item));
  expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8]);
  expect(groups).toEqual([[1], [2, 3, 4]]);
});

test("a group weighs no more than it may, and what weighs more goes alone", async () => {
  const groups: number[][] = [];
  const lane = async (items: number[]) => {
    groups.push(items);
    return items;
  };
  const commit = groupCommit([lane], { ...options, weight: (item: number) => item });
  await Promise.all([40, 60, 1, 500, 99, 1].map((item) => commit.submit(item)));
  expect(groups).toEqual([[40, 60], [1], [500], [99, 1]]);
});

test("there is room again once a lane takes what waits", async () => {
  let free = () => {};
  const lane = async (items: number[]) => {
    await new Promise<void>((resolve) => {
      free = resolve;
    });
    return items;
  };
  const commit = groupCommit([lane], { ...options, weight: (item: number) => item });
  const immediately = () => new Promise((resolve) => setImmediate(resolve));
  await commit.hasRoom();
  const first = commit.submit(100);
  await immediately();
  const second = commit.submit(100);
  let roomy = false;
  const room = commit.hasRoom().then(() => {
    roomy = true;
  });
  await immediately();
  expect(roomy).toBe(false);
  free();
  await Promise.all([first, room]);
  free();
  await second;
});

test("bad data harms only itself", async () => {
  const lane = async (items: number[]) => {
    if (items.includes(2)) throw "bad";
    return items;
  };
  const commit = groupCommit([lane], options);
  const settled = await Promise.allSettled([1, 2, 3].map((item) => commit.submit(item)));
  expect(settled.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("any other fault is everybody's: nobody is told that it was taken", async () => {
  const lane = async () => {
    throw new Error("connection lost");
  };
  const commit = groupCommit([lane], options);
  const settled = await Promise.allSettled([1, 2].map((item) => commit.submit(item)));
  expect(settled.map((one) => one.status)).toEqual(["rejected", "rejected"]);
});

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
