import { expect, test } from "vitest";
import {
  compareFaults,
  faultTitle,
  nothingChanged,
  type OpenFault,
  overWords,
  waitingWords,
} from "./compare-faults.ts";
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

const app = { cause: "app:i", fault: "token_revoked", name: "Slack (ACME)", remedy: "" } as const;
const line = { cause: "line:i:C1", fault: "is_archived", name: "#security", remedy: "" } as const;

test("a title says what doesn't work", () => {
  expect(faultTitle(line)).toBe("Alerts can't go out to #security");
  expect(faultTitle({ ...app, fault: "missing_scope", remedy: "The app was not granted chat:write." })).toBe(
    "Alerts can't go out to Slack (ACME)",
  );
  expect(faultTitle({ ...app, fault: "missing_scope", remedy: "The app was not granted commands." })).toBe(
    "Tocsin may do less than it needs in Slack (ACME)",
  );
});

test("its end says what works, or that nobody needs it", () => {
  expect(overWords(app, true)).toBe("Slack works again");
  expect(overWords(line, true)).toBe("Slack works again in #security");
  expect(overWords({ cause: "line:webhook:d", name: "hooks.example.com" }, true)).toBe(
    "hooks.example.com works again",
  );
  expect(overWords(line, false)).toBe("No destination needs #security any more");
});

test("who waits is named, up to three", () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  expect(waitingWords(1, named("SOC"))).toBe("1 alert waits for SOC.");
  expect(waitingWords(3, named("A", "B", "C"))).toBe("3 alerts wait for A, B and C.");
  expect(waitingWords(3, named("A", "B", "C", "D"))).toBe("3 alerts wait for A, B and 2 more.");
  expect(waitingWords(0, named("SOC"))).toBe("Nothing waits for SOC yet.");
});
