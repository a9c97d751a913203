import { expect, test } from "vitest";
import {
  compareFaults,
  endText,
  faultTitle,
  nothingChanged,
  type OpenFault,
  waitingText,
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
  urgency: "alert",
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
const unchanged = { started: [], changed: [], alert: [], mail: [], ended: [] };

test("a new cause is stored, alerted and mailed", () => {
  expect(compareFaults([broken], [])).toEqual({
    ...unchanged,
    started: [broken],
    alert: [broken],
    mail: [broken],
  });
});

test("a known cause that was alerted changes nothing", () => {
  const changes = compareFaults([broken], [open]);
  expect(changes).toEqual(unchanged);
  expect(nothingChanged(changes)).toBe(true);
});

test("another fault of a known cause updates it without a new alert", () => {
  const now = { ...broken, fault: "not_in_channel", remedy: "Invite it." };
  expect(compareFaults([now], [open])).toEqual({ ...unchanged, changed: [{ id: "f", now }] });
});

test("a quiet cause is mailed or alerted once its urgency rises", () => {
  const quiet = { ...open, alertId: null, mailed: false };
  expect(compareFaults([{ ...broken, urgency: "banner" }], [quiet])).toEqual(unchanged);
  expect(compareFaults([{ ...broken, urgency: "mail" }], [quiet]).alert).toEqual([]);
  expect(compareFaults([{ ...broken, urgency: "mail" }], [quiet]).mail).toHaveLength(1);
  expect(compareFaults([broken], [quiet]).alert).toEqual([broken]);
});

test("a cause that is no longer broken has ended", () => {
  const other: OpenFault = { ...open, id: "g", cause: "app:i" };
  expect(compareFaults([broken], [open, other])).toEqual({ ...unchanged, ended: [other] });
});

const app = { cause: "app:i", fault: "token_revoked", name: "Slack (ACME)", remedy: "" } as const;
const line = { cause: "line:i:C1", fault: "is_archived", name: "#security", remedy: "" } as const;

test("the title says what doesn't work", () => {
  expect(faultTitle(line)).toBe("Alerts can't go out to #security");
  expect(faultTitle({ ...app, fault: "missing_scope", remedy: "The app was not granted chat:write." })).toBe(
    "Alerts can't go out to Slack (ACME)",
  );
  expect(faultTitle({ ...app, fault: "missing_scope", remedy: "The app was not granted commands." })).toBe(
    "Tocsin lacks permissions in Slack (ACME)",
  );
});

test("the end text says what works again or is no longer used", () => {
  expect(endText(app, true)).toBe("Slack works again");
  expect(endText(line, true)).toBe("Slack works again in #security");
  expect(endText({ cause: "line:webhook:d", name: "hooks.example.com" }, true)).toBe(
    "hooks.example.com works again",
  );
  expect(endText(line, false)).toBe("No destination uses #security any more");
});

test("up to three waiting destinations are named", () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  expect(waitingText(1, named("SOC"))).toBe("1 alert is waiting for SOC.");
  expect(waitingText(3, named("A", "B", "C"))).toBe("3 alerts are waiting for A, B and C.");
  expect(waitingText(3, named("A", "B", "C", "D"))).toBe("3 alerts are waiting for A, B and 2 more.");
  expect(waitingText(0, named("SOC"))).toBe("Nothing is waiting for SOC yet.");
});
