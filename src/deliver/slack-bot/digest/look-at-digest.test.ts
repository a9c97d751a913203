import { expect, test } from "vitest";
import { decideLook, type LookState } from "./look-at-digest.ts";

const calm: LookState = {
  closed: false,
  dirty: false,
  joining: false,
  recent: 21,
  waiting: 0,
  namesLoud: false,
  loudWait: false,
  sinceDrawnSeconds: 60,
};
const decide = (change: Partial<LookState>) => decideLook({ ...calm, ...change });

test("a digest without changes is not drawn", () => expect(decide({}).kind).toBe("skip"));
test("a digest is drawn when alerts wait to join", () =>
  expect(decide({ joining: true })).toEqual({ kind: "draw", why: "changed" }));
test("a digest is drawn when an alert in it has changed", () =>
  expect(decide({ dirty: true })).toEqual({ kind: "draw", why: "changed" }));
test("a storm ends when few alerts joined within a minute and few wait", () =>
  expect(decide({ recent: 20 })).toEqual({ kind: "draw", why: "the storm is over" }));
test("a storm goes on while many alerts wait for cards", () =>
  expect(decide({ recent: 0, waiting: 21 }).kind).toBe("skip"));
test("a storm goes on while alerts join", () =>
  expect(decide({ recent: 20, joining: true })).toEqual({ kind: "draw", why: "changed" }));
test("progress of loud cards is shown every 15 seconds at most", () => {
  expect(decide({ namesLoud: true }).kind).toBe("draw");
  expect(decide({ namesLoud: true, sinceDrawnSeconds: 14 }).kind).toBe("skip");
});
test("a closed digest is drawn only when an alert in it has changed", () => {
  expect(decide({ closed: true, recent: 0 }).kind).toBe("skip");
  expect(decide({ closed: true, recent: 0, dirty: true }).kind).toBe("draw");
});
