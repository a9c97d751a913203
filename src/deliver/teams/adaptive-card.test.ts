import { expect, test } from "vitest";
import { testEvent } from "../events/send-test.ts";
import { sizeOf, teamsMessage } from "./adaptive-card.ts";

const now = new Date("2026-11-24T12:00:00Z");
const event = testEvent({ type: "Teams", publicUrl: "https://tocsin.acme.example", now });
const zone = { timezone: "Europe/Berlin", now };
const entry = { kind: "commented", at: now, actor: event.alert.updatedBy, via: "api", data: {} };

test.each([
  ["opened", "😈"],
  ["opened", "é\n"],
  ["changed", "😈"],
] as const)("a card of kind %s full of %j stays far below 28 KB", (kind, unit) => {
  const long = unit.repeat(20_000);
  const alert = { ...event.alert, title: long, description: long, runbook: long, logTypes: [long, long] };
  const changes = Array.from({ length: 50 }, () => ({ ...entry, sentence: long }));
  const message = teamsMessage({ ...event, kind, alert, changes }, zone);
  expect(sizeOf(message) * 1.2).toBeLessThan(28_672);
});
