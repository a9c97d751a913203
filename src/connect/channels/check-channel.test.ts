import { expect, test } from "vitest";
import { channelVerdict, requireConfirmation } from "./check-channel.ts";

const found = {
  id: "C0SECRET01",
  name: "sec",
  fault: null,
  private: true,
  sharedOutside: false,
  botName: "Tocsin",
};

test("a private channel with the bot is ok", () => {
  expect(channelVerdict(found)).toMatchObject({ state: "ok", remedy: null });
});

test("a public channel has to be confirmed, and asks for an invitation without the bot", () => {
  expect(channelVerdict({ ...found, private: false })).toMatchObject({ state: "confirm", remedy: null });
  expect(channelVerdict({ ...found, private: false, fault: "not_in_channel" })).toMatchObject({
    state: "confirm",
    code: "public_channel",
    remedy: expect.stringContaining("/invite @Tocsin in #sec"),
  });
});

test("a shared channel is reported as shared_outside first", () => {
  expect(channelVerdict({ ...found, sharedOutside: true }).code).toBe("shared_outside");
});

const publicChannel = { ...found, private: false };
const shared = { ...found, sharedOutside: true };
const person = { confirmed: false, byPerson: true };
const program = { confirmed: false, byPerson: false };

test("a private channel needs no confirmation", () => {
  expect(requireConfirmation(found, person)).toBeNull();
});

test("a person has to confirm a public channel, a program doesn't", () => {
  expect(requireConfirmation(publicChannel, person)).toMatchObject({
    field: "channel",
    why: expect.stringMatching(/#sec is public: .* Tick the box to send alerts there/),
  });
  expect(requireConfirmation(publicChannel, program)).toBeNull();
});

test("a shared channel has to be confirmed by people and programs", () => {
  expect(requireConfirmation(shared, person)?.why).toContain("shared with another organisation");
  expect(requireConfirmation(shared, program)?.why).toContain("Confirm it with confirmChannel: true.");
});

test("a confirmed channel is accepted", () => {
  for (const channel of [publicChannel, shared])
    expect(requireConfirmation(channel, { ...person, confirmed: true })).toBeNull();
});
