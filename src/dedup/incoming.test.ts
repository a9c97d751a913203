import { expect, test } from "vitest";
import { type IncomingReport, waves } from "./incoming.ts";

const item = (key: string, says: "firing" | "resolved", startsAt?: Date) =>
  ({
    key: Buffer.from(key),
    report: { says, identity: { kind: "named", id: key, startsAt } },
  }) as unknown as IncomingReport;

test("waves() groups reports with equal keys, and sorts the groups by key", () => {
  const [wave, ...rest] = waves([item("b", "firing"), item("a", "firing"), item("b", "firing")]);
  expect(rest).toEqual([]);
  expect(wave?.firing.map((group) => group.items.length)).toEqual([1, 2]);
});

test("waves() keeps firing, resolved, firing of one key in order", () => {
  const result = waves([
    item("a", "firing"),
    item("a", "resolved"),
    item("b", "resolved"),
    item("a", "firing"),
  ]);
  expect(result.map((wave) => [wave.firing.length, wave.resolved.length])).toEqual([
    [1, 1],
    [0, 1],
    [1, 0],
  ]);
});

test("waves() keeps reports of one key with different starts in order", () => {
  const [first, later] = [new Date(1000), new Date(2000)];
  const result = waves([
    item("a", "firing", first),
    item("a", "firing", new Date(1000)),
    item("a", "firing", later),
  ]);
  expect(result.map((wave) => wave.firing.map((group) => group.items.length))).toEqual([[2], [1]]);
});
