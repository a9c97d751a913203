import { expect, test } from "vitest";
import { compareFaults, nothingChanged, type OpenFault } from "./compare-faults.ts";
import type { BrokenCause } from "./gather-causes.ts";

const broken: BrokenCause = {
  cause: "line:i:C1",
  fault: "is_archived",
  name: "#security",
  remedy: "Unarchive it.",
  since: null,
  destinations: [{ id: "d", name: "SOC" }],
  waiting: 1,
  news: "alert",
};
const { cause, fault, name, remedy } = broken;
const open: OpenFault = {
  id: "f",
  cause,
  fault,
  name,
  remedy,
  since: new Date(0),
  alertId: "a",
  mailed: true,
};
const unchanged = { broke: [], changed: [], alert: [], mail: [], over: [] };

test("what has just broken is written down and told", () => {
  expect(compareFaults([broken], [])).toEqual({
    ...unchanged,
    broke: [broken],
    alert: [broken],
    mail: [broken],
  });
});

test("what is known and told changes nothing, however often it is met", () => {
  const changes = compareFaults([broken], [open]);
  expect(changes).toEqual(unchanged);
  expect(nothingChanged(changes)).toBe(true);
});

test("another fault of the same thing is the same cause: the record follows, nobody is told again", () => {
  const now = { ...broken, fault: "not_in_channel", remedy: "Invite it." };
  expect(compareFaults([now], [open])).toEqual({ ...unchanged, changed: [{ id: "f", now }] });
});

test("what concerned nobody yet is told once something waits", () => {
  const quiet = { ...open, alertId: null, mailed: false };
  expect(compareFaults([{ ...broken, news: "banner" }], [quiet])).toEqual(unchanged);
  expect(compareFaults([{ ...broken, news: "mail" }], [quiet]).alert).toEqual([]);
  expect(compareFaults([{ ...broken, news: "mail" }], [quiet]).mail).toHaveLength(1);
  expect(compareFaults([broken], [quiet]).alert).toEqual([broken]);
});

test("what is whole again is over, others are not", () => {
  const other: OpenFault = { ...open, id: "g", cause: "app:i" };
  expect(compareFaults([broken], [open, other])).toEqual({ ...unchanged, over: [other] });
});
