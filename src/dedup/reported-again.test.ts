import { expect, test } from "vitest";
import { reportedAgain } from "./reported-again.ts";

const event = {
  rule: "Impossible travel",
  actor: { email: "eve@acme.example" },
  count: 3,
  tags: ["vpn", "b"],
};
const alert = { severity: "MEDIUM" as const, seen: null, samples: [event], againCount: 0 };
const report = (changes: object, severity: "LOW" | "HIGH" = "LOW") => ({
  severity,
  event: { ...event, ...changes },
});

test.each([
  ["nothing", {}, {}],
  [
    "a counter",
    { count: 4, event_count: "12", stats: { firedtimes: 9 } },
    { count: 5, event_count: "1", stats: { firedtimes: 10 } },
  ],
  [
    "a time",
    { at: "2026-11-30T10:00:00Z", start: 1_796_000_000 },
    { at: "2026-11-30T11:30:00Z", start: 1_796_005_000 },
  ],
  ["a duration", { duration: 12.5, text: "down for 5 minutes" }, { duration: 900, text: "down for 2 hours" }],
  ["its own id", { id: "8c0b", eventId: "77" }, { id: "8c0c", eventId: "78" }],
  ["the order of keys", { a: 1, b: [2, 3] }, { b: [3, 2], a: 1 }],
])("a report that differs in %s is a repeat", (_, before, after) => {
  const known = { ...alert, samples: [{ ...event, ...before }] };
  expect(reportedAgain(known, [report(after)], 1)).toMatchObject({ differing: [], reopens: false });
});

test("a report that says something else differs, and says in what", () => {
  const other = report({ actor: { email: "bob@acme.example" }, count: 9, host: "db1" });
  expect(reportedAgain(alert, [other], 3)).toMatchObject({
    differing: [
      [
        { path: "actor.email", value: "bob@acme.example" },
        { path: "host", value: "db1" },
      ],
    ],
    reopens: false,
  });
  expect(reportedAgain(alert, [report({ tags: ["vpn"] })], 3).differing).toEqual([[]]);
});

test("each different report counts once, and the set number of them reopens the alert", () => {
  const hosts = ["db1", "db1", "db2", "db3"].map((host) => report({ host }));
  expect(reportedAgain(alert, hosts, 3)).toMatchObject({ differing: { length: 3 }, reopens: true });
  expect(reportedAgain(alert, hosts, 4)).toMatchObject({ differing: { length: 3 }, reopens: false });
  const { seen } = reportedAgain(alert, hosts.slice(0, 3), 3);
  const later = { ...alert, seen, againCount: 2 };
  expect(reportedAgain(later, [report({ host: "db1" })], 3)).toMatchObject({ differing: [], reopens: false });
  expect(reportedAgain(later, [report({ host: "db3" })], 3)).toMatchObject({ reopens: true });
});

test("a more severe report reopens the alert at once, unless never", () => {
  expect(reportedAgain(alert, [report({}, "HIGH")], 3)).toMatchObject({ reopens: true });
  expect(reportedAgain(alert, [report({ host: "db1" }, "HIGH")], null)).toMatchObject({ reopens: false });
  const many = Array.from({ length: 9 }, (_, n) => report({ host: `db${n}x` }));
  expect(reportedAgain(alert, many, null)).toMatchObject({ reopens: false, differing: { length: 9 } });
});

test("without a sample the first report counts as a repeat", () => {
  const expired = { ...alert, samples: [] };
  const { differing, seen } = reportedAgain(expired, [report({})], 1);
  expect(differing).toEqual([]);
  expect(reportedAgain({ ...expired, seen }, [report({ host: "db1" })], 1)).toMatchObject({
    differing: { length: 1 },
    reopens: true,
  });
});

test("what is remembered is bounded, however different the reports are", () => {
  const flood = Array.from({ length: 500 }, (_, n) => report({ host: `db${n}x` }));
  const { seen, differing } = reportedAgain(alert, flood, null);
  expect([seen.length, differing.length]).toEqual([50, 49]);
  const wide = {
    event: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, "v"])),
    severity: "LOW",
  } as const;
  expect(reportedAgain(alert, [wide], null).differing[0]).toHaveLength(3);
});
