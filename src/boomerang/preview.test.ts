import { expect, test } from "vitest";
import { drawQuestion } from "./draw-question.ts";
import { readParts } from "./preview.ts";

const view = {
  askId: "preview",
  kind: "person",
  asker: "Ada",
  question: "Was this you, <!here>?",
  answers: "yes_no",
  secondFactor: false,
  timezone: "Europe/Berlin",
  until: new Date("2026-11-24T17:00:00Z"),
  now: new Date("2026-11-24T13:00:00Z"),
} as const;

test("a preview shows every text of the message and nothing else", () => {
  expect(readParts(drawQuestion(view).blocks)).toEqual([
    { kind: "heading", text: "Ada from Security asks about something on your account" },
    { kind: "text", text: "Was this you, <!here>?" },
    { kind: "note", text: "Please answer by 18:00 CET." },
    {
      kind: "buttons",
      buttons: [
        { label: "Yes, this was me", danger: false },
        { label: "No, this wasn't me", danger: true },
        { label: "Why am I asked?", danger: false },
      ],
    },
  ]);
});
