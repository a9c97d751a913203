import { expect, test } from "vitest";
import { parseReports } from "./source-kinds.ts";

const source = { defaultSeverity: "MEDIUM" } as const;
const native = (count: number) => Array(count).fill({ title: "Disk full", severity: "LOW" });
const tooMany = [{ ok: false, field: "report", expected: "at most 10000 reports in one request" }];

test("parseReports() returns an item per report, in order, for one report or a list", () => {
  const [a, b] = ["a", "b"].map((title) => ({ title, severity: "LOW" }));
  const items = parseReports("native", [a, 7, b], source);
  expect(items.map((item) => (item.ok ? item.report.title : item.field))).toEqual(["a", "report", "b"]);
  expect(parseReports("native", a, source)).toHaveLength(1);
});

test("an empty list is refused", () => {
  expect(parseReports("native", [], source)).toMatchObject([{ ok: false, expected: "at least one report" }]);
});

test("a request may have ten thousand reports, and not one more", () => {
  expect(parseReports("native", native(10_000), source)).toHaveLength(10_000);
  expect(parseReports("native", native(10_001), source)).toEqual(tooMany);
});

test("reports in several envelopes are counted together", () => {
  const alerts = Array(6000).fill({ labels: { alertname: "a" } });
  expect(parseReports("alertmanager", [{ alerts }, { alerts }], source)).toEqual(tooMany);
});
