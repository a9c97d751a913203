import { expect, test } from "vitest";
import type { DedupIdentity } from "../alert/report.ts";
import { decideJoin, type NewestAlert } from "./decide-join.ts";

const newest: NewestAlert = {
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
  logTypes: ["Okta"],
  eventCount: 1,
};
const identity: DedupIdentity = { kind: "named", id: "x" };
const report = { severity: "LOW" as const, logTypes: ["AWS"], identity };

test("a report within the window joins and never lowers the severity", () => {
  expect(decideJoin(newest, [report])).toEqual({
    kind: "join",
    raiseTo: null,
    reopen: false,
    noteClosed: false,
    startsAgain: false,
    logTypes: ["Okta", "AWS"],
  });
});

test("reports raise the severity to the highest among them", () => {
  expect(decideJoin(newest, [report, { ...report, severity: "HIGH" }])).toMatchObject({ raiseTo: "HIGH" });
});

test("a report opens a new alert after the window, or after its source resolved the alert", () => {
  expect(decideJoin({ ...newest, inWindow: false }, [report])).toMatchObject({ kind: "open-new" });
  expect(decideJoin({ ...newest, sourceResolved: true }, [report])).toMatchObject({ kind: "open-new" });
});

test("a report that joins an alert closed by a person is noted once", () => {
  const closed = { ...newest, status: "CLOSED" as const, closedByPerson: true };
  expect(decideJoin(closed, [report])).toMatchObject({ noteClosed: true });
  expect(decideJoin({ ...closed, joinAfterCloseNoted: true }, [report])).toMatchObject({ noteClosed: false });
});

test("a more severe report reopens an INFO alert, unless a person has closed it", () => {
  const info = { ...newest, severity: "INFO" as const, status: "RESOLVED" as const };
  expect(decideJoin(info, [report])).toMatchObject({ raiseTo: "LOW", reopen: true });
  expect(decideJoin({ ...info, closedByPerson: true }, [report])).toMatchObject({
    raiseTo: "LOW",
    reopen: false,
  });
});

test("nothing else is reopened: no severe alert, no open one, none whose severity stays", () => {
  const info = { ...newest, severity: "INFO" as const, status: "RESOLVED" as const };
  const reopens = (alert: NewestAlert, severity: "INFO" | "CRITICAL") => {
    const decision = decideJoin(alert, [{ ...report, severity }]);
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
    const decision = decideJoin({ ...newest, startedAt: at("10:00"), ...alert }, [
      { ...report, identity: { kind: "named", id: "x", startsAt } },
    ]);
    const joined = decision.kind === "join" && (decision.startsAgain ? "starts again" : "joins");
    expect(joined || "opens").toBe(what);
  },
);
