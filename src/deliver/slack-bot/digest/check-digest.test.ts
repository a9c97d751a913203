import { expect, test } from "vitest";
import { type DigestState, decideEdit } from "./check-digest.ts";

const calm: DigestState = {
  closed: false,
  dirty: false,
  gathered: 0,
  recent: 21,
  waiting: 0,
  namesLoud: false,
  loudWait: false,
  sinceDrawnSeconds: 60,
};
const decide = (change: Partial<DigestState>) => decideEdit({ ...calm, ...change });

test("a digest without changes is not edited", () => expect(decide({}).kind).toBe("skip"));
test("a digest is edited when alerts have joined", () =>
  expect(decide({ gathered: 1 })).toEqual({ kind: "edit", why: "changed" }));
test("a digest is edited when an alert in it has changed", () =>
  expect(decide({ dirty: true }).kind).toBe("edit"));
test("a storm ends when few alerts joined within a minute and few wait", () =>
  expect(decide({ recent: 20 })).toEqual({ kind: "close", why: "the storm is over" }));
test("a storm goes on while many alerts wait for cards", () =>
  expect(decide({ recent: 0, waiting: 21 }).kind).toBe("skip"));
test("a storm goes on while alerts join", () =>
  expect(decide({ recent: 20, gathered: 3 }).kind).toBe("edit"));
test("progress of loud cards is shown every 15 seconds at most", () => {
  expect(decide({ namesLoud: true }).kind).toBe("edit");
  expect(decide({ namesLoud: true, sinceDrawnSeconds: 14 }).kind).toBe("skip");
});
test("a closed digest is edited only when an alert in it has changed", () => {
  expect(decide({ closed: true, recent: 0 }).kind).toBe("skip");
  expect(decide({ closed: true, recent: 0, dirty: true }).kind).toBe("edit");
});
