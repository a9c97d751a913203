import { expect, test } from "vitest";
import { sourceKinds } from "../../src/ingest/source-kinds.ts";
import { native } from "../../src/ingest/sources/native.ts";
import { likelihood, planWeek, staysOpen } from "./plan-week.ts";
import { seededRandom } from "./seeded.ts";

const now = new Date("2026-03-12T15:00:00Z");
const hour = 60 * 60 * 1000;
const week = planWeek(now, seededRandom(1));
const age = ({ at }: { at: Date }) => (now.getTime() - at.getTime()) / hour;

test("a week has between 60 and 100 alerts, oldest first, all within seven days", () => {
  expect(week.length).toBeGreaterThanOrEqual(60);
  expect(week.length).toBeLessThanOrEqual(100);
  expect(week.map(age)).toEqual(week.map(age).sort((a, b) => b - a));
  expect(Math.max(...week.map(age))).toBeLessThan(168);
});

test("no action comes before its alert or after now", () => {
  const wrong = week.filter(({ at, actions }) => actions.some((action) => action.at < at || action.at > now));
  expect(wrong).toEqual([]);
});

test("the same seed plans the same week, and another seed another week", () => {
  expect(planWeek(now, seededRandom(1))).toEqual(week);
  expect(planWeek(now, seededRandom(2))).not.toEqual(week);
});

test("old alerts are closed, and a recent one is open", () => {
  expect(
    week.filter((planned) => age(planned) > 27 && staysOpen(planned) && planned.actions.length > 0),
  ).toEqual([]);
  expect(week.filter((planned) => age(planned) < 24 && staysOpen(planned)).length).toBeGreaterThan(0);
});

test("nights and weekends are quiet", () => {
  expect(likelihood(new Date("2026-03-11T09:00:00Z"))).toBe(1);
  expect(likelihood(new Date("2026-03-11T22:00:00Z"))).toBeLessThan(0.2);
  expect(likelihood(new Date("2026-03-14T09:00:00Z"))).toBe(0.25);
});

test("a kind without a recipe sends its sample once", () => {
  const novel = { ...native, kind: "novel", label: "Novel", sample: { id: 7 }, parse: () => [] };
  const kinds = (planned: typeof week) => planned.map(({ report }) => report.kind);
  expect(new Set(kinds(week))).toEqual(new Set(sourceKinds.map(({ kind }) => kind)));
  const sent = planWeek(now, seededRandom(1), [...sourceKinds, novel]);
  expect(sent.filter(({ report }) => report.kind === "novel")).toMatchObject([
    { report: { body: { id: 7 } } },
  ]);
});

test("every source parses each of its planned reports", () => {
  const source = { defaultSeverity: "MEDIUM" } as const;
  const parsers = new Map(sourceKinds.map(({ kind, parse }) => [kind, parse]));
  const items = week.flatMap(({ report }) => parsers.get(report.kind)?.(report.body, source) ?? []);
  expect(items.filter((item) => !item.ok)).toEqual([]);
  const severities = new Set(items.map((item) => item.ok && item.report.severity));
  expect(severities).toEqual(new Set(["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"]));
});
