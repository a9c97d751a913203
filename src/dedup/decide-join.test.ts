import { expect, test } from "vitest";
import { decideJoin, type Newest } from "./decide-join.ts";

const newest: Newest = {
  id: "a",
  number: 1,
  key: "k",
  severity: "MEDIUM",
  status: "OPEN",
  inWindow: true,
  sourceResolved: false,
  closedByPerson: false,
  joinAfterCloseTold: false,
  logTypes: ["Okta"],
  eventCount: 1,
};
const report = { severity: "LOW" as const, logTypes: ["AWS"] };

test("a report within the window joins and never lowers the severity", () => {
  expect(decideJoin(newest, [report])).toEqual({
    kind: "join",
    raiseTo: null,
    wake: false,
    tellClosed: false,
    logTypes: ["Okta", "AWS"],
  });
});

test("the highest of the reports raises it", () => {
  expect(decideJoin(newest, [report, { ...report, severity: "HIGH" }])).toMatchObject({ raiseTo: "HIGH" });
});

test("after the window, or when its source resolved it, a new alert opens", () => {
  expect(decideJoin({ ...newest, inWindow: false }, [report])).toMatchObject({ kind: "open-anew" });
  expect(decideJoin({ ...newest, sourceResolved: true }, [report])).toMatchObject({ kind: "open-anew" });
});

test("joining what a person closed is told once", () => {
  const closed = { ...newest, status: "CLOSED" as const, closedByPerson: true };
  expect(decideJoin(closed, [report])).toMatchObject({ tellClosed: true });
  expect(decideJoin({ ...closed, joinAfterCloseTold: true }, [report])).toMatchObject({ tellClosed: false });
});

test("an informational alert that turns serious wakes up, unless a person had closed it", () => {
  const info = { ...newest, severity: "INFO" as const, status: "RESOLVED" as const };
  expect(decideJoin(info, [report])).toMatchObject({ raiseTo: "LOW", wake: true });
  expect(decideJoin({ ...info, closedByPerson: true }, [report])).toMatchObject({
    raiseTo: "LOW",
    wake: false,
  });
});
