import { expect, test } from "vitest";
import { chooseStarted, decideSourceResolve } from "./resolve-by-source.ts";

const open = { status: "OPEN" as const, touched: false, reportedOver: false };

test("the policy untouched resolves only alerts that nobody has triaged or assigned", () => {
  expect(decideSourceResolve(open, "untouched")).toEqual({ kind: "resolve" });
  expect(decideSourceResolve({ ...open, touched: true }, "untouched")).toEqual({ kind: "note-over" });
});

test("the policy always resolves touched alerts, and never resolves none", () => {
  expect(decideSourceResolve({ ...open, touched: true }, "always")).toEqual({ kind: "resolve" });
  expect(decideSourceResolve(open, "never")).toEqual({ kind: "note-over" });
});

test('a "resolved" is ignored without an alert, after a close, and when repeated', () => {
  expect(decideSourceResolve(undefined, "always")).toEqual({ kind: "ignore", because: "no alert" });
  expect(decideSourceResolve({ ...open, status: "CLOSED" }, "always").kind).toBe("ignore");
  expect(decideSourceResolve({ ...open, reportedOver: true }, "never").kind).toBe("ignore");
});

test('a "resolved" means the alert with its start, else the newest that is not over, else the newest', () => {
  const alert = (id: string, minute: number, rest: object = {}) => {
    return { ...open, id, startedAt: new Date(minute * 60_000), ...rest };
  };
  const [b, a] = [alert("b", 2), alert("a", 1)];
  const id = (minute: number | null, alerts = [b, a]) =>
    chooseStarted(alerts, minute === null ? null : new Date(minute * 60_000))?.id;
  expect([id(1), id(2), id(3), id(null)]).toEqual(["a", "b", "b", "b"]);
  expect(id(3, [alert("b", 2, { reportedOver: true }), a])).toBe("a");
  expect(id(3, [alert("b", 2, { status: "RESOLVED" }), a])).toBe("a");
  expect(id(3, [alert("b", 2, { status: "CLOSED" }), alert("a", 1, { status: "CLOSED" })])).toBe("b");
  expect(id(3, [])).toBeUndefined();
});
