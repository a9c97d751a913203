import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type DigestView, drawDigest } from "./draw-digest.ts";

const id = "0199f3c2-9000-7000-8000-00000000d001";
const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);
const named = (number: number, severity: "CRITICAL" | "HIGH" | "MEDIUM", title: string) => {
  return { id, number, severity, title };
};
const view = (change: Partial<DigestView> = {}): DigestView => ({
  id,
  redraws: 4,
  timezone: "Europe/Berlin",
  listUrl: `https://tocsin.acme.example/alerts?digest=${id}`,
  span: { from: at("13:02"), to: at("13:04") },
  over: false,
  gathered: [
    { severity: "MEDIUM", status: "OPEN", assigned: false, count: 1250 },
    { severity: "MEDIUM", status: "RESOLVED", assigned: true, count: 20 },
    { severity: "LOW", status: "OPEN", assigned: true, count: 2 },
    { severity: "INFO", status: "RESOLVED", assigned: false, count: 6 },
  ],
  detections: { top: [{ name: "Okta.BruteForce", count: 1240 }], others: 41 },
  loud: { critical: 0, high: 0, first: [] },
  menu: [named(1051, "MEDIUM", "Brute force")],
  now: at("13:05"),
  ...change,
});
const shown = (change: Partial<DigestView> = {}) => {
  const { blocks } = drawDigest(view(change));
  return JSON.stringify(blocks);
};

test("a digest counts its alerts by severity, state and detection", () => {
  const text = shown();
  expect(text).toContain("1,278 alerts in this digest");
  expect(text).toContain("🟠 *MEDIUM* 1,270");
  expect(text).toContain("Open 1,252 · Resolved 20 · 22 assigned");
  expect(text).toContain("Okta.BruteForce 1,240 · and 41 more detections");
  expect(text).toContain("14:02 CET to 14:04 CET · CRITICAL and HIGH alerts still get their own cards");
});

test("the text of a digest is complete for a notification", () => {
  const loud = { critical: 1, high: 1, first: [] };
  expect(drawDigest(view({ loud })).text).toBe(
    "1,278 alerts in this digest: 1,270 MEDIUM, 2 LOW, 6 INFO · 1 CRITICAL and 1 HIGH are waiting for their own cards",
  );
});

test("a digest names the first loud alerts that wait and counts the rest", () => {
  const text = shown({ loud: { critical: 3, high: 40, first: [named(7, "CRITICAL", "Root login")] } });
  expect(text).toContain("3 CRITICAL and 40 HIGH are waiting for their own cards");
  expect(text).toContain("CRITICAL #7 Root login");
  expect(text).toContain("and 42 more");
});

test("a digest without gathered alerts counts the loud ones", () => {
  const nothing = { span: null, gathered: [], detections: { top: [], others: 0 }, menu: [] };
  const loud = { critical: 10_000, high: 0, first: [named(7, "CRITICAL", "Root login")] };
  expect(drawDigest(view({ ...nothing, loud })).text).toContain("10,000 alerts at once");
});

test("the menu has at most a hundred options", () => {
  const menu = Array.from({ length: 300 }, (_, n) => named(n, "MEDIUM", `Alert ${n}`));
  const options = [...shown({ menu }).matchAll(/"text":"MEDIUM #\d+ Alert/g)];
  expect(options).toHaveLength(100);
});

test("the controls get a new block ID when the block version rises", () => {
  expect(shown({ redraws: 5 })).toContain(`digest:${id}:5`);
});

test("a digest says when the storm is over and when no alert is open", () => {
  expect(shown({ over: true })).toContain("The storm is over");
  const gathered = [{ severity: "LOW" as const, status: "CLOSED" as const, assigned: false, count: 1 }];
  expect(shown({ over: true, gathered })).toContain("✅ 1 alert, none open");
});

test("a digest has no controls without a menu and a visible link", () => {
  expect(shown({ menu: [], listUrl: "http://localhost:4000/alerts" })).not.toContain('"actions"');
});

const oracles = process.env.TOCSIN_ORACLES;
test.skipIf(!oracles)("a digest has the block types of the example", () => {
  const file = `${oracles}/slack/examples/digest.message.json`;
  const example: { blocks: { type: string }[] } = JSON.parse(readFileSync(file, "utf8"));
  const types = new Set(drawDigest(view()).blocks.map(({ type }) => type));
  for (const { type } of example.blocks) expect(types).toContain(type);
});
