import { expect, test } from "vitest";
import { decideJoin, type NewestAlert } from "./decide-join.ts";

const newest: NewestAlert = {
  id: "a",
  number: 1,
  key: "k",
  severity: "MEDIUM",
  status: "OPEN",
  inWindow: true,
  sourceResolved: false,
  closedByPerson: false,
  joinAfterCloseNoted: false,
  logTypes: ["Okta"],
  eventCount: 1,
};
const report = { severity: "LOW" as const, logTypes: ["AWS"] };

test("a report within the window joins and never lowers the severity", () => {
  expect(decideJoin(newest, [report])).toEqual({
    kind: "join",
    raiseTo: null,
    reopen: false,
    noteClosed: false,
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
