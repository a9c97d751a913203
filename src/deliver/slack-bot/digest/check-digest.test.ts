import { expect, test } from "vitest";
import { decideLook, type Looked } from "./check-digest.ts";

const calm: Looked = {
  closed: false,
  dirty: false,
  gathered: 0,
  lately: 21,
  waiting: 0,
  namesLoud: false,
  loudWait: false,
  sinceDrawnSeconds: 60,
};
const look = (change: Partial<Looked>) => decideLook({ ...calm, ...change });

test("a digest that shows what is true is left alone", () => expect(look({}).kind).toBe("leave"));
test("what has joined is shown", () =>
  expect(look({ gathered: 1 })).toEqual({ kind: "draw", why: "it has changed" }));
test("so is what has changed", () => expect(look({ dirty: true }).kind).toBe("draw"));
test("the storm is over when a minute brought no crowd and none waits", () =>
  expect(look({ lately: 20 })).toEqual({ kind: "close", why: "the storm is over" }));
test("it goes on while a crowd waits for cards", () =>
  expect(look({ lately: 0, waiting: 21 }).kind).toBe("leave"));
test("or while more join", () => expect(look({ lately: 20, gathered: 3 }).kind).toBe("draw"));
test("cards that went out meanwhile are told now and then", () => {
  expect(look({ namesLoud: true }).kind).toBe("draw");
  expect(look({ namesLoud: true, sinceDrawnSeconds: 14 }).kind).toBe("leave");
});
test("a closed digest is drawn only when what it counts has changed", () => {
  expect(look({ closed: true, lately: 0 }).kind).toBe("leave");
  expect(look({ closed: true, lately: 0, dirty: true }).kind).toBe("draw");
});
