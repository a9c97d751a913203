import { expect, test } from "vitest";
import type { SourceFault } from "../../alert/report.ts";
import { judgeSource, type WatchedSource } from "./judge-source.ts";

const now = new Date("2026-11-30T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const well: WatchedSource = {
  id: "s",
  name: "Okta",
  noData: true,
  noDataHours: 24,
  unreadable: true,
  lastAt: hoursAgo(1),
  periods: 7,
  taken: 10,
  refused: 0,
  everTaken: true,
};
const silent = { lastAt: hoursAgo(24), taken: 0 };
const unreadable = { taken: 2, refused: 3 };

test.each<[string, Partial<WatchedSource>, SourceFault[], SourceFault[]]>([
  ["a source that sends", {}, [], []],
  ["a regular source silent for its time", silent, [], ["SOURCE_NO_DATA"]],
  ["a regular source silent for a little less", { lastAt: hoursAgo(23.99) }, [], []],
  ["a silent source that was not regular", { ...silent, periods: 6 }, [], []],
  [
    "a silent source whose past is forgotten",
    { ...silent, periods: 0 },
    ["SOURCE_NO_DATA"],
    ["SOURCE_NO_DATA"],
  ],
  ["a silent source with a longer time", { ...silent, noDataHours: 48 }, [], []],
  ["a silent source that is switched off", { ...silent, noData: false }, ["SOURCE_NO_DATA"], []],
  ["a source that sends again", {}, ["SOURCE_NO_DATA"], []],
  ["a source of which more than half is refused", unreadable, [], ["SOURCE_UNREADABLE"]],
  ["a source of which half is refused", { taken: 3, refused: 3 }, [], []],
  ["a source with two refused bodies", { taken: 0, refused: 2 }, [], []],
  ["a source that never worked", { taken: 0, refused: 9, everTaken: false }, [], []],
  [
    "an unreadable source that is switched off",
    { ...unreadable, unreadable: false },
    ["SOURCE_UNREADABLE"],
    [],
  ],
  [
    "an unreadable source that sends nothing for an hour",
    { taken: 0, refused: 0 },
    ["SOURCE_UNREADABLE"],
    ["SOURCE_UNREADABLE"],
  ],
  ["an unreadable source that is half understood again", { taken: 3, refused: 3 }, ["SOURCE_UNREADABLE"], []],
  ["an unreadable source of which one more is taken", { taken: 1, refused: 0 }, ["SOURCE_UNREADABLE"], []],
  ["an unreadable source that ended", { ...silent, refused: 0, noData: false }, ["SOURCE_UNREADABLE"], []],
])("%s: %o, with %o open, has %o", (_, change, open, faults) => {
  expect([...judgeSource({ ...well, ...change }, new Set(open), now)]).toEqual(faults);
});
