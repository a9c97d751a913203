import { expect, test } from "vitest";
import type { HistoryEvent } from "../alert/history-event.ts";
import { timesChange } from "./keep-times.ts";

const resolved: HistoryEvent = {
  kind: "status_changed",
  data: { from: "OPEN", to: "RESOLVED", comment: null },
};
const reopened: HistoryEvent = {
  kind: "status_changed",
  data: { from: "CLOSED", to: "OPEN", comment: null },
};
const commented: HistoryEvent = { kind: "commented", data: { text: "Looking" } };

test.each([
  ["a comment of a person is an action", commented, "user", { acted: true, closed: "unchanged" }],
  ["a comment of a token is an action", commented, "token", { acted: true, closed: "unchanged" }],
  ["a person who resolves an alert acts and closes it", resolved, "user", { acted: true, closed: true }],
  [
    "a source that resolves an alert closes it without an action",
    resolved,
    "source",
    { acted: false, closed: true },
  ],
  ["an alert that wakes up is not closed", reopened, "source", { acted: false, closed: false }],
  ["an entry by Tocsin says nothing", { kind: "informational", data: {} }, "system", null],
] as const)("%s", (_, event, type, change) => {
  expect(timesChange(event, { type })).toEqual(change);
});
