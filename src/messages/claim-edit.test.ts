import fc from "fast-check";
import { expect, test } from "vitest";
import { editBudget, recentEdits } from "./claim-edit.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 25) + seconds * 1000);
const edits = (count: number, seconds: number) => Array.from({ length: count }, () => at(seconds));

test("a workspace without recent edits may edit any card", () => expect(editBudget([], at(0))).toBe("any"));

test("the last twelve edits of a minute are reserved for touched cards", () => {
  expect(editBudget(edits(37, 0), at(10))).toBe("any");
  expect(editBudget(edits(38, 0), at(10))).toBe("touched");
  expect(editBudget(edits(49, 0), at(10))).toBe("touched");
  expect(editBudget(edits(50, 0), at(10))).toBe("none");
});

test("an event count is edited only after less than three edits in ten seconds", () => {
  expect(editBudget(edits(2, 0), at(9))).toBe("any");
  expect(editBudget(edits(3, 0), at(9))).toBe("wrong");
  expect(editBudget(edits(37, 0), at(9))).toBe("wrong");
  expect(editBudget(edits(37, 0), at(10))).toBe("any");
});

test("an edit stops counting after 62 seconds", () => {
  expect(editBudget(edits(50, 0), at(61.9))).toBe("none");
  expect(editBudget(edits(50, 0), at(62))).toBe("any");
});

/** Edits whenever the budget allows it, at uneven time steps. Returns the times of the edits. */
function spend(steps: readonly { seconds: number; touched: boolean }[]): Date[] {
  const all: Date[] = [];
  let kept: Date[] = [];
  let now = 0;
  for (const { seconds, touched } of steps) {
    now += seconds;
    const budget = editBudget(kept, at(now));
    if (budget === "none" || (budget !== "any" && !touched)) continue;
    kept = [...recentEdits(kept, at(now)), at(now)];
    all.push(at(now));
  }
  return all;
}

test("no minute has more than 50 edits, even if each reaches Slack up to two seconds late", () => {
  const step = fc.record({ seconds: fc.double({ min: 0, max: 2, noNaN: true }), touched: fc.boolean() });
  const late = fc.double({ min: 0, max: 1.99, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 300, maxLength: 400 }),
      fc.array(late, { minLength: 400 }),
      (steps, lateness) => {
        const arrived = spend(steps)
          .map((time, index) => time.getTime() + (lateness[index] ?? 0) * 1000)
          .sort((a, b) => a - b);
        for (const [index, time] of arrived.entries()) {
          const fiftyLater = arrived[index + 50];
          if (fiftyLater !== undefined) expect(fiftyLater - time).toBeGreaterThanOrEqual(60_000);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("the budget uses nearly all of Slack's rate over time", () => {
  const minutes = 20;
  const steps = Array.from({ length: minutes * 600 }, () => ({ seconds: 0.1, touched: true }));
  expect(spend(steps).length / minutes).toBeGreaterThan(48);
});
