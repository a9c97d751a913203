import { expect, test } from "vitest";
import type { DedupIdentity } from "../alert/report.ts";
import { decideJoin, type NewestAlert } from "./decide-join.ts";

const newest: NewestAlert = {
  silencedBy: null,
  id: "a",
  number: 1,
  key: "k",
  severity: "MEDIUM",
  status: "OPEN",
  inWindow: true,
  sourceResolved: false,
  reportedOver: false,
  startedAt: null,
  closedByPerson: false,
  joinAfterCloseNoted: false,
  seen: null,
  againCount: 0,
  logTypes: ["Okta"],
  eventCount: 1,
};
const identity: DedupIdentity = { kind: "named", id: "x" };
const event = { host: "db1" };
const report = { severity: "LOW" as const, logTypes: ["AWS"], identity, event };
const how = { reopenAfter: 3, samples: [event] };

test("a report within the window joins and never lowers the severity", () => {
  expect(decideJoin(newest, [report], how)).toEqual({
    kind: "join",
    raiseTo: null,
    reopen: false,
    noteClosed: false,
    again: null,
    startsAgain: false,
    logTypes: ["Okta", "AWS"],
  });
});

test("reports raise the severity to the highest among them", () => {
  expect(decideJoin(newest, [report, { ...report, severity: "HIGH" }], how)).toMatchObject({
    raiseTo: "HIGH",
  });
});

test("a report opens a new alert after the window, or after its source resolved the alert", () => {
  expect(decideJoin({ ...newest, inWindow: false }, [report], how)).toMatchObject({ kind: "open-new" });
  expect(decideJoin({ ...newest, sourceResolved: true }, [report], how)).toMatchObject({ kind: "open-new" });
});

test("a report that joins an alert closed by a person is noted once", () => {
  const closed = { ...newest, status: "CLOSED" as const, closedByPerson: true };
  expect(decideJoin(closed, [report], how)).toMatchObject({ noteClosed: true });
  expect(decideJoin({ ...closed, joinAfterCloseNoted: true }, [report], how)).toMatchObject({
    noteClosed: false,
  });
});

test("a more severe report reopens an INFO alert, unless a person has closed it and nothing may reopen it", () => {
  const info = { ...newest, severity: "INFO" as const, status: "RESOLVED" as const };
  const never = { ...how, reopenAfter: null };
  const woken = { raiseTo: "LOW", reopen: true };
  expect(decideJoin(info, [report], never)).toMatchObject(woken);
  expect(decideJoin({ ...info, closedByPerson: true }, [report], how)).toMatchObject(woken);
  expect(decideJoin({ ...info, closedByPerson: true }, [report], never)).toMatchObject({
    ...woken,
    reopen: false,
  });
});

test("different reports of an alert that a person closed are told, and reopen it in the end", () => {
  const closed = { ...newest, status: "RESOLVED" as const, closedByPerson: true };
  const other = (host: string) => ({ ...report, event: { host } });
  const differs = (host: string) => [{ path: "host", value: host }];
  expect(decideJoin(closed, [other("db2x"), report], how)).toMatchObject({
    noteClosed: true,
    again: { differing: [differs("db2x")] },
    reopen: false,
  });
  expect(decideJoin({ ...closed, againCount: 2 }, [other("db3x")], how)).toMatchObject({
    noteClosed: false,
    reopen: true,
  });
  expect(decideJoin(newest, [other("db2x")], how)).toMatchObject({ again: null, reopen: false });
});

test("nothing else is reopened: no severe alert, no open one, none whose severity stays", () => {
  const info = { ...newest, severity: "INFO" as const, status: "RESOLVED" as const };
  const reopens = (alert: NewestAlert, severity: "INFO" | "CRITICAL") => {
    const decision = decideJoin(alert, [{ ...report, severity }], how);
    return decision.kind === "join" && decision.reopen;
  };
  expect(reopens(info, "CRITICAL")).toBe(true);
  expect(reopens({ ...info, severity: "LOW" }, "CRITICAL")).toBe(false);
  expect(reopens({ ...info, status: "TRIAGED" }, "CRITICAL")).toBe(false);
  expect(reopens(info, "INFO")).toBe(false);
});

const at = (time: string) => new Date(`2026-01-15T${time}:00Z`);
const over = { reportedOver: true };
const closed = { status: "RESOLVED", closedByPerson: true } as const;
const bySource = { status: "RESOLVED", sourceResolved: true } as const;

test.each([
  ["open", {}, "10:00", "joins"],
  ["open", {}, "09:00", "joins"],
  ["open", {}, null, "joins"],
  ["open", {}, "11:00", "starts again"],
  ["open, but over", over, "10:00", "starts again"],
  ["open, but over", over, "11:00", "opens"],
  ["closed by a person", closed, "10:00", "joins"],
  ["closed by a person", closed, "11:00", "opens"],
  ["informational", { severity: "INFO", status: "RESOLVED" }, "10:00", "joins"],
  ["resolved by its source", bySource, "10:00", "opens"],
  ["resolved by its source", bySource, "11:00", "opens"],
] as const)(
  "an alert that is %s %j and started at 10:00 and a report that starts at %s: it %s",
  (_, alert, start, what) => {
    const startsAt = start && at(start);
    const decision = decideJoin(
      { ...newest, startedAt: at("10:00"), ...alert },
      [{ ...report, identity: { kind: "named", id: "x", startsAt } }],
      how,
    );
    const joined = decision.kind === "join" && (decision.startsAgain ? "starts again" : "joins");
    expect(joined || "opens").toBe(what);
  },
);
