import { expect, test } from "vitest";
import type { HistoryEntry, HistoryEvent } from "../../../alert/history-event.ts";
import { newsFor } from "./reply-message.ts";

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
const thread = { cardId: "c1", destinationId: "security", syncs: true, unclaimed: true };
const told = (entries: HistoryEntry[], more: Partial<typeof thread> = {}) =>
  newsFor(entries, { ...thread, ...more }).length;

test("a thread is told what people did, not where the alert was announced", () => {
  const announced = { destination: { id: "1", name: "Security" }, place: "#security", permalink: null };
  expect(told([entry(commented), entry({ kind: "announced", data: announced })])).toBe(1);
});

test("without sync it isn't told what was done in Tocsin", () => {
  const entries = [entry(commented, { via: "console" }), entry(commented, { via: "api" }), entry(commented)];
  expect(told(entries, { syncs: false })).toBe(1);
});

test("what was part of a bulk change is told in the channel", () => {
  expect(told([entry(commented, { inBulk: true })])).toBe(0);
});

test("what was written in this thread isn't told there again, but in others", () => {
  const here = { kind: "commented", data: { text: "seen", thread: { cardId: "c1" } } } as const;
  expect(told([entry(here)])).toBe(0);
  expect(told([entry(here)], { cardId: "c2" })).toBe(1);
});

test("of reminders that waited, the last one of its own destination is told", () => {
  const entries = [
    entry(reminded("security", 5)),
    entry(reminded("security", 10)),
    entry(reminded("other", 10)),
  ];
  expect(newsFor(entries, thread)).toEqual([entries[1]]);
});

test("a reminder that comes when somebody has the alert is none", () => {
  expect(told([entry(reminded("security", 5))], { unclaimed: false })).toBe(0);
});
