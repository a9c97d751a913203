import { expect, test } from "vitest";
import type { Expressions } from "../../alert/expressions.ts";
import { readBody } from "../read-body.ts";
import { alertmanager } from "../sources/alertmanager.ts";
import { generic } from "../sources/generic.ts";
import { atOnce } from "../steps.ts";
import { parseWithExpressions } from "./parse-with-expressions.ts";
import type { BodyToPick, PickedBody } from "./pick-reports.ts";

const source = {
  name: "Plant",
  defaultSeverity: "MEDIUM",
  severityWords: { "tier one": "CRITICAL" },
} as const;

/** Picks title and severity by these names, or `identity` from reports that the kind has found. */
async function pick({ body, reports }: BodyToPick): Promise<PickedBody> {
  const list: { title?: string; severity?: string }[] = [JSON.parse(reports ?? body)].flat();
  const picked = list.map(({ title, severity }) =>
    reports === null
      ? { title: { value: title }, severity: { value: severity } }
      : { identity: { value: "i".repeat(10_000) } },
  );
  return {
    kind: "reports",
    reports: picked.map((fields) => ({ kind: "picked", json: JSON.stringify({ fields }) })),
  };
}

async function parse(text: string, { kind = generic, expressions = {} as Expressions } = {}) {
  const read = atOnce(readBody(kind, Buffer.from(text)));
  if (!read.ok) throw new Error(read.expected);
  return parseWithExpressions(pick, { kind, source, expressions, body: read.body });
}

const lines = '{"title":"a","severity":"tier-one"}\n{"title":\n{"title":"b","severity":"odd"}';

test("a line that is not JSON is invalid in its place, and the others keep their samples", async () => {
  const [a, broken, b] = await parse(lines);
  expect(a).toMatchObject({ ok: true, report: { title: "a", severity: "CRITICAL", event: { title: "a" } } });
  expect(broken).toMatchObject({ ok: false, field: "body" });
  expect(b).toMatchObject({
    ok: true,
    report: { title: "b", severity: "MEDIUM", event: { title: "b" }, unknownSeverity: "odd" },
    warnings: [{ field: "severity", unknownSeverity: "odd" }],
  });
});

test("where an expression finds the reports, such lines come after them", async () => {
  const items = await parse(lines, { expressions: { reports: "$" } });
  expect(items.map(({ ok }) => ok)).toEqual([true, true, false]);
});

test("an own identity is cut to what an index can hold, and the alert can still start again", async () => {
  const alert = { fingerprint: "f", labels: { alertname: "Up" }, startsAt: "2026-11-30T08:00:00Z" };
  const [item] = await parse(JSON.stringify({ alerts: [alert] }), { kind: alertmanager });
  const identity = item?.ok ? item.report.identity : null;
  expect(identity).toMatchObject({
    kind: "named",
    id: expect.stringMatching(/^i{700}… \[cut, sha256 /),
    startsAt: new Date("2026-11-30T08:00:00Z"),
  });
});
