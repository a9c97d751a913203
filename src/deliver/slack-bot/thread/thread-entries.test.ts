import { expect, test } from "vitest";
import type { HistoryEntry, HistoryEvent } from "../../../alert/history-event.ts";
import { entriesForThread } from "./thread-entries.ts";

const entry = (
  event: HistoryEvent,
  more: Partial<Pick<HistoryEntry, "via" | "inBulk">> = {},
): HistoryEntry => ({
  ...event,
  id: "1",
  seq: 1,
  at: new Date(0),
  actor: { type: "user", id: "1", name: "Ada" },
  via: "slack",
  inBulk: false,
  ...more,
});
const commented = { kind: "commented", data: { text: "seen" } } as const;
const reminded = (id: string, minutes: number) =>
  ({ kind: "reminded", data: { destination: { id, name: id }, minutes } }) as const;
const thread = { cardId: "c1", destinationId: "security", syncs: true, unassigned: true, postedSeq: 0 };
const count = (entries: HistoryEntry[], more: Partial<typeof thread> = {}) =>
  entriesForThread(entries, { ...thread, ...more }).length;

test("a thread gets what people did, not where the alert was announced", () => {
  const announced = { destination: { id: "1", name: "Security" }, place: "#security", permalink: null };
  expect(count([entry(commented), entry({ kind: "announced", data: announced })])).toBe(1);
});

test("of what happened before the card was posted, a thread gets comments and answers", () => {
  const answered = {
    boomerangId: "b1",
    cardId: null,
    answer: { kind: "yes", reason: null },
    notify: null,
  } as const;
  const early = [
    entry({ kind: "unassigned", data: { from: { id: "2", email: "g@acme.example", name: "Grace" } } }),
    entry(commented),
    entry({ kind: "boomerang_answered", data: answered }),
  ];
  expect(count(early, { postedSeq: 1 })).toBe(2);
});

test("a thread without sync gets no changes from the Console or the API", () => {
  const entries = [entry(commented, { via: "console" }), entry(commented, { via: "api" }), entry(commented)];
  expect(count(entries, { syncs: false })).toBe(1);
});

test("a thread gets no entries of a bulk change", () => {
  expect(count([entry(commented, { inBulk: true })])).toBe(0);
});

test("a comment from a thread goes to other threads only", () => {
  const here = { kind: "commented", data: { text: "seen", thread: { cardId: "c1" } } } as const;
  expect(count([entry(here)])).toBe(0);
  expect(count([entry(here)], { cardId: "c2" })).toBe(1);
});

test("a thread gets only the last waiting reminder of its own destination", () => {
  const entries = [
    entry(reminded("security", 5)),
    entry(reminded("security", 10)),
    entry(reminded("other", 10)),
  ];
  expect(entriesForThread(entries, thread)).toEqual([entries[1]]);
});

test("a reminder is left out when the alert is assigned", () => {
  expect(count([entry(reminded("security", 5))], { unassigned: false })).toBe(0);
});
