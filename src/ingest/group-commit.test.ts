import { expect, test } from "vitest";
import { groupCommit, serialQueue } from "./group-commit.ts";

const options = { maxWeight: 100, weight: () => 1, isBadData: (fault: unknown) => fault === "bad" };

test("items that wait during a commit are committed together", async () => {
  const groups: number[][] = [];
  const commitGroup = async (items: number[]) => {
    groups.push(items);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return items.map((item) => item * 2);
  };
  const commit = groupCommit([commitGroup], options);
  const first = commit.submit(1);
  await new Promise((resolve) => setImmediate(resolve));
  const rest = [2, 3, 4].map((item) => commit.submit(item));
  expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8]);
  expect(groups).toEqual([[1], [2, 3, 4]]);
});

test("a group stays within the maximum weight, and a heavier item is committed alone", async () => {
  const groups: number[][] = [];
  const commitGroup = async (items: number[]) => {
    groups.push(items);
    return items;
  };
  const commit = groupCommit([commitGroup], { ...options, weight: (item: number) => item });
  await Promise.all([40, 60, 1, 500, 99, 1].map((item) => commit.submit(item)));
  expect(groups).toEqual([[40, 60], [1], [500], [99, 1]]);
});

test("hasRoom() resolves when a commit takes the waiting items", async () => {
  let finishCommit = () => {};
  const commitGroup = async (items: number[]) => {
    await new Promise<void>((resolve) => {
      finishCommit = resolve;
    });
    return items;
  };
  const commit = groupCommit([commitGroup], { ...options, weight: (item: number) => item });
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  await commit.hasRoom();
  const first = commit.submit(100);
  await nextTurn();
  const second = commit.submit(100);
  let hasRoom = false;
  const room = commit.hasRoom().then(() => {
    hasRoom = true;
  });
  await nextTurn();
  expect(hasRoom).toBe(false);
  finishCommit();
  await Promise.all([first, room]);
  finishCommit();
  await second;
});

test("an item with bad data fails alone", async () => {
  const commitGroup = async (items: number[]) => {
    if (items.includes(2)) throw "bad";
    return items;
  };
  const commit = groupCommit([commitGroup], options);
  const settled = await Promise.allSettled([1, 2, 3].map((item) => commit.submit(item)));
  expect(settled.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("any other fault rejects all items of the group", async () => {
  const commitGroup = async () => {
    throw new Error("connection lost");
  };
  const commit = groupCommit([commitGroup], options);
  const settled = await Promise.allSettled([1, 2].map((item) => commit.submit(item)));
  expect(settled.map((one) => one.status)).toEqual(["rejected", "rejected"]);
});

test("a serial queue runs in order and yields to the event loop in between", async () => {
  const inTurn = serialQueue();
  const done: string[] = [];
  const first = inTurn(() => {
    setImmediate(() => done.push("in between"));
    return done.push("first");
  });
  const second = inTurn(() => done.push("second"));
  expect(await Promise.all([first, second])).toEqual([1, 3]);
  expect(done).toEqual(["first", "in between", "second"]);
});

test("a serial queue rejects only the failed work and continues with the next", async () => {
  const inTurn = serialQueue();
  const bad = inTurn(() => {
    throw new Error("bad");
  });
  const next = inTurn(() => "next");
  await expect(bad).rejects.toThrow("bad");
  expect(await next).toBe("next");
});
