import { expect, test } from "vitest";
import { nextEdit } from "./next-edit.ts";

type Fault = Parameters<typeof nextEdit>[0];
const fault = (kind: Fault["kind"], code = "some_code") => ({ kind, code, retryAfterSeconds: 7 });

test.each([
  ["a 429 pauses the workspace", fault("rate"), 0, { kind: "again", seconds: 0, pauseSeconds: 7 }],
  ["refused content is drawn in the next step", fault("content"), 0, { kind: "simplify", drawStep: 1 }],
  ["refused text is left", fault("content"), 2, { kind: "leave" }],
  ["a deleted message is noticed", fault("gone", "message_not_found"), 0, { kind: "gone", deleted: true }],
  [
    "a message that can't be edited is left",
    fault("gone", "edit_window_closed"),
    0,
    { kind: "gone", deleted: false },
  ],
  ["a setup fault is retried", fault("setup"), 0, { kind: "again", seconds: 8, pauseSeconds: 0 }],
] as const)("%s", (_, failed, drawStep, next) => {
  expect(nextEdit(failed, { attempts: 3, drawStep }, 1)).toEqual(next);
});

test("failed edits back off to five minutes", () => {
  const next = nextEdit(fault("passing"), { attempts: 50, drawStep: 0 }, 1);
  expect(next).toEqual({ kind: "again", seconds: 300, pauseSeconds: 0 });
});
