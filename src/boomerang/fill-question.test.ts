import { expect, test } from "vitest";
import { anAlert } from "../../test/builders/an-alert.ts";
import { fillQuestion } from "./fill-question.ts";

const at = { timezone: "Europe/Berlin", now: new Date("2026-11-24T14:00:00Z") };
const alert = anAlert({ title: "Impossible travel", firstEventOccurredAt: new Date("2026-11-24T13:02:00Z") });

test("placeholders are replaced by the alert's fields, and other braces stay", () => {
  expect(fillQuestion("{time}: {title} {nothing} {constructor} {}", alert, at)).toBe(
    "14:02 CET: Impossible travel {nothing} {constructor} {}",
  );
});

test("invisible characters in a field are written out", () => {
  expect(fillQuestion("{title}", anAlert({ title: "\u202Efdp.exe" }), at)).toBe("⟨U+202E⟩fdp.exe");
});

test("braces in a field's value are not replaced, and a long message is cut", () => {
  const odd = anAlert({ title: `{severity}${"x".repeat(2000)}` });
  const filled = fillQuestion("{title}", odd, at);
  expect(filled).toMatch(/^\{severity\}x+/);
  expect(filled.length).toBeLessThanOrEqual(1000);
});
