import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { recordedOf } from "../../test/read-recorded.ts";
import { sourceKindsPage } from "../../test/source-kinds-page.ts";
import { parseReports, sourceKinds } from "./source-kinds.ts";
import { alertmanager } from "./sources/alertmanager.ts";
import { native } from "./sources/native.ts";
import { atOnce } from "./steps.ts";

const source = { defaultSeverity: "MEDIUM" } as const;
const reports = (count: number) => Array(count).fill({ title: "Disk full", severity: "LOW" });
const tooMany = [{ ok: false, field: "report", expected: "at most 10000 reports in one request" }];

test("parseReports() returns an item per report, in order, for one report or a list", () => {
  const [a, b] = ["a", "b"].map((title) => ({ title, severity: "LOW" }));
  const items = atOnce(parseReports(native, [a, 7, b], source));
  expect(items.map((item) => (item.ok ? item.report.title : item.field))).toEqual(["a", "report", "b"]);
  expect(atOnce(parseReports(native, a, source))).toHaveLength(1);
});

test("an empty list is refused", () => {
  expect(atOnce(parseReports(native, [], source))).toMatchObject([
    { ok: false, expected: "at least one report" },
  ]);
});

test("a request may have ten thousand reports, and not one more", () => {
  expect(atOnce(parseReports(native, reports(10_000), source))).toHaveLength(10_000);
  expect(atOnce(parseReports(native, reports(10_001), source))).toEqual(tooMany);
});

test("reports in several envelopes are counted together", () => {
  const alerts = Array(6000).fill({ labels: { alertname: "a" } });
  expect(atOnce(parseReports(alertmanager, [{ alerts }, { alerts }], source))).toEqual(tooMany);
});

test.each(sourceKinds)(
  "$kind's sample and recorded payloads are parsed to a report each",
  ({ kind, sample, parse }) => {
    for (const { name, body } of [{ name: "the sample", body: sample }, ...recordedOf(kind)]) {
      const items = [body].flat().flatMap((one) => parse(one, source));
      expect(items, name).not.toEqual([]);
      expect(
        items.filter((item) => !item.ok),
        name,
      ).toEqual([]);
    }
    expect(parse(sample, source)).toMatchObject([{ report: { says: "firing" } }]);
  },
);

test("the docs name every kind", async () => {
  const read = (name: string) => readFile(`docs/${name}.md`, "utf8");
  const [sources, behaviour] = await Promise.all([read("sources"), read("behaviour")]);
  const missing = sourceKinds.flatMap(({ kind }) => [
    ...(sources.includes(`\n## ${kind}\n`) ? [] : [`docs/sources.md needs a section "## ${kind}"`]),
    ...(behaviour.includes(`\n| \`${kind}\` `)
      ? []
      : [`docs/behaviour.md, section 2, needs a row for ${kind}`]),
  ]);
  expect(missing).toEqual([]);
});

test("docs/source-kinds.md says what the kinds say of themselves", async () => {
  await expect(sourceKindsPage(sourceKinds)).toMatchFileSnapshot("../../docs/source-kinds.md");
});

test("no two kinds have the same name or label", () => {
  expect(new Set(sourceKinds.map(({ kind }) => kind)).size).toBe(sourceKinds.length);
  expect(new Set(sourceKinds.map(({ label }) => label)).size).toBe(sourceKinds.length);
});
