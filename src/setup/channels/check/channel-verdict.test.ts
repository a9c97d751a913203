import { expect, test } from "vitest";
import { channelVerdict } from "./channel-verdict.ts";

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
