import { describe, expect, test } from "vitest";
import { shareText } from "../../components/share-text.ts";
import {
  alertsAnswer,
  deliveriesAnswer,
  detectionsAnswer,
  durationAnswer,
  lengthText,
  workloadAnswer,
} from "./answers.ts";

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [90, "2 min"],
  [3600, "1 h"],
  [3660, "1 h 1 min"],
  [7199, "2 h"],
  [90_000, "1 d 1 h"],
  [172_800, "2 d"],
])("%i seconds are written as %s", (seconds, text) => {
  expect(lengthText(seconds)).toBe(text);
});

test.each([
  [0, 0, null],
  [0, 5, "0 %"],
  [1, 500, "under 1 %"],
  [5, 10, "50 %"],
])("the share of %i in %i is %s", (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text);
});

describe("the answer", () => {
  const none = { INFO: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 };
  test("on alerts names the most severe first and leaves out severities without alerts", () => {
    expect(alertsAnswer([])).toBe("No alerts came in.");
    expect(
      alertsAnswer([
        { at: "", severities: { ...none, LOW: 1200 } },
        { at: "", severities: { ...none, HIGH: 3, CRITICAL: 1 } },
      ]),
    ).toBe("1,204 alerts: 1 Critical, 3 High and 1,200 Low.");
  });

  const words = { done: "closed", waiting: ["is still open", "are still open"] } as const;
  test.each([
    [{ count: 0, p50: null, p90: null, waiting: 0 }, "Nothing to measure yet."],
    [{ count: 0, p50: null, p90: null, waiting: 2 }, "2 alerts are still open."],
    [
      { count: 1, p50: 60, p90: 60, waiting: 1 },
      "The one alert was closed within 1 min. 1 alert is still open.",
    ],
    [
      { count: 8, p50: 60, p90: 3600, waiting: 0 },
      "Half of 8 alerts were closed within 1 min, nine in ten within 1 h.",
    ],
  ])("on a duration says what is measured and what is still open: %j", (durations, text) => {
    expect(durationAnswer({ ...durations, over: [] }, { ...words, waiting: [...words.waiting] })).toBe(text);
  });

  test("on detections gives the share of false positives among closed alerts", () => {
    const one = {
      id: "Okta.Login",
      name: null,
      source: { id: "s", name: "Okta" },
      alerts: 9,
      closed: 4,
      falsePositives: 3,
    };
    expect(detectionsAnswer([one])).toBe(
      "Okta.Login raised 9 alerts, more than any other. 75 % of those closed were false positives.",
    );
    expect(detectionsAnswer([{ ...one, closed: 0, falsePositives: 0 }])).toContain("None is closed yet.");
    expect(detectionsAnswer([])).toBe("No detection raised an alert.");
  });

  test("on workload names what is unassigned and the busiest person", () => {
    const ada = { assignee: { id: "a", email: "ada@acme.example", name: "Ada" }, open: 2, triaged: 3 };
    expect(workloadAnswer([])).toBe("No alert is open.");
    expect(workloadAnswer([{ assignee: null, open: 4, triaged: 0 }, ada])).toBe(
      "4 alerts unassigned. Ada has the most, 5.",
    );
    expect(workloadAnswer([{ assignee: null, open: 1, triaged: 0 }])).toBe(
      "1 alert unassigned, and nobody has any.",
    );
  });

  test("on deliveries says yes, or what failed and how long the oldest waits", () => {
    const one = {
      destination: { id: "d", name: "Security" },
      waiting: 0,
      failed: 0,
      oldestWaitingSeconds: 0,
    };
    expect(deliveriesAnswer([one])).toBe("Yes. Nothing waits, and nothing failed.");
    expect(deliveriesAnswer([{ ...one, waiting: 1, oldestWaitingSeconds: 120 }])).toBe(
      "1 delivery is waiting, the oldest for 2 min.",
    );
    expect(deliveriesAnswer([{ ...one, failed: 2 }])).toBe("No: 2 failed. Nothing waits.");
  });
});
