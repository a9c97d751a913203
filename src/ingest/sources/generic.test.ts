import { expect, test } from "vitest";
import type { PickedField } from "../expressions/evaluation.ts";
import { generic } from "./generic.ts";

const source = { name: "Plant", defaultSeverity: "MEDIUM" } as const;
const event = { host: "web-1" };

/** What is read from values by field, or from `fields` with faults. */
function read(values: Record<string, unknown>, fields: Record<string, PickedField> = {}) {
  const picked = Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value }]));
  const [item] = [generic.readPicked?.({ ...picked, ...fields }, event, source)];
  if (!item?.ok) throw new Error("nothing makes a report of this kind invalid");
  return { ...item.report, warned: (item.warnings ?? []).map(({ field }) => field), warnings: item.warnings };
}
const whole = { title: "Door open", severity: "high" };

test("every field is read from what its expression gave", () => {
  const report = read({
    ...whole,
    description: ["north gate", 7],
    detectionId: 17,
    detectionName: "Door",
    dedupString: ["door", 1],
    dedupPeriodMinutes: "90",
    says: "Recovered",
    occurredAt: "2026-11-30T08:00:00Z",
    runbook: "Close it",
    reference: "https://plant.example/17",
    logTypes: "Plant.Door",
    tags: ["north", 1],
    context: { gate: 1 },
  });
  expect(report).toMatchObject({
    title: "Door open",
    says: "resolved",
    description: "north gate, 7",
    detectionId: "17",
    detectionName: "Door",
    identity: { kind: "windowed", dedupString: '["door",1]', periodMinutes: 90 },
    occurredAt: new Date("2026-11-30T08:00:00Z"),
    reference: "https://plant.example/17",
    logTypes: ["Plant.Door"],
    tags: ["north", "1"],
    context: { gate: 1 },
    event,
    warned: [],
  });
});

test("an identity counts without a window, and beats the dedup string", () => {
  expect(read({ ...whole, identity: 17, dedupString: "door" }).identity).toEqual({ kind: "named", id: "17" });
});

test.each([
  ["severity", "huge", { severity: "MEDIUM" }],
  ["severity", undefined, { severity: "MEDIUM" }],
  ["occurredAt", "2026-11-30 08:00", { occurredAt: new Date("2026-11-30T08:00:00Z") }],
  ["title", "", { title: "Plant" }],
  ["title", { a: 1 }, { title: "Plant" }],
  ["says", "perhaps", { says: "firing" }],
  ["says", true, { says: "firing" }],
  ["occurredAt", "soon", { occurredAt: null }],
  ["reference", "javascript:alert(1)", { reference: null }],
  ["tags", ["a", { b: 1 }], { tags: ["a"] }],
  ["context", "text", { context: {} }],
  ["identity", [], { identity: { kind: "windowed", dedupString: "Door open", periodMinutes: 60 } }],
  ["dedupPeriodMinutes", 0, { identity: { kind: "windowed", dedupString: "Door open", periodMinutes: 60 } }],
])("%s of %j warns, and the report is taken", (field, value, expected) => {
  expect(read({ ...whole, [field]: value })).toMatchObject({ ...expected, warned: [field] });
});

test("the source's own words for severities count, and a time may be an epoch", () => {
  const fields = {
    severity: { value: "Tier 1" },
    title: { value: "Door" },
    occurredAt: { value: 1764489600 },
  };
  const own = { ...source, severityWords: { "tier-1": "CRITICAL" } } as const;
  expect(generic.readPicked?.(fields, event, own)).toMatchObject({
    report: { severity: "CRITICAL", occurredAt: new Date("2025-11-30T08:00:00Z") },
  });
});

test("an optional field that is missing warns of nothing", () => {
  const missing = {
    description: undefined,
    says: null,
    tags: undefined,
    occurredAt: "",
    reference: undefined,
  };
  expect(read({ ...whole, ...missing }).warned).toEqual([]);
});

test("without a title the detection's name is used, and without a context the whole report", () => {
  expect(read({ severity: "low", detectionName: "Door" })).toMatchObject({
    title: "Door",
    context: event,
    warned: [],
  });
});

test("a warning says where the expression failed, and what it gave instead", () => {
  const [says, title] = read({ ...whole, says: 3 }, { title: { fault: "It met 5.", at: 4 } }).warnings ?? [];
  expect(title?.expected).toContain("the expression failed at character 5: It met 5.");
  expect(says?.expected).toBe('"firing" or "resolved"; the expression gave 3');
});
