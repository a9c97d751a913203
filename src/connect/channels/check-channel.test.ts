import { expect, test } from "vitest";
import { channelVerdict, confirmChannel } from "./check-channel.ts";

const found = { id: "C0SECRET01", name: "sec", fault: null, private: true, sharedOutside: false };

test("a private channel with the bot in it is right", () => {
  expect(channelVerdict(found)).toMatchObject({ state: "ok", remedy: null });
});

test("a public one is to be confirmed, and the bot to be invited where it isn't in it", () => {
  expect(channelVerdict({ ...found, private: false })).toMatchObject({ state: "confirm", remedy: null });
  expect(channelVerdict({ ...found, private: false, fault: "not_in_channel" })).toMatchObject({
    state: "confirm",
    code: "public_channel",
    remedy: expect.stringContaining("/invite @Tocsin in #sec"),
  });
});

test("that others read along is said before all", () => {
  expect(channelVerdict({ ...found, sharedOutside: true }).code).toBe("shared_outside");
});

const quiet = { id: "C0SECRET01", name: "sec", fault: null, private: true, sharedOutside: false };
const open = { ...quiet, private: false };
const shared = { ...quiet, sharedOutside: true };
const person = { confirmed: false, byPerson: true };
const program = { confirmed: false, byPerson: false };

test("a private channel needs no word", () => {
  expect(confirmChannel(quiet, person)).toBeNull();
});

test("a person confirms that everybody in the workspace may read along; a program says so by the name", () => {
  expect(confirmChannel(open, person)).toMatchObject({
    field: "channel",
    why: expect.stringMatching(/#sec is public: .* Tick that alerts may go there/),
  });
  expect(confirmChannel(open, program)).toBeNull();
});

test("that another organisation reads along is confirmed by whoever it is", () => {
  expect(confirmChannel(shared, person)?.why).toContain("shared with another organisation");
  expect(confirmChannel(shared, program)?.why).toContain("Confirm it with confirmChannel: true.");
});

test("what is confirmed is taken", () => {
  for (const channel of [open, shared])
    expect(confirmChannel(channel, { ...person, confirmed: true })).toBeNull();
});
