import { expect, test } from "vitest";
import { suggestions, usage } from "./suggestions.ts";

const candidates = {
  people: [
    { name: "ada", realName: "Ada Lovelace" },
    { name: "grace", realName: "Grace Hopper" },
    { name: "tocsin", realName: "Tocsin" },
  ],
  channels: [{ name: "security" }, { name: "sec-private" }],
  commands: [
    { command: "/tocsin", description: "List and show alerts", usageHint: "help | list", app: "Tocsin" },
  ],
};
const labels = (before: string, inThread = false) =>
  suggestions(before, candidates, inThread).list.map(({ label }) => label);

test.each([
  ["people by the start of any part of their names", "ask @lov", ["Ada Lovelace"]],
  ["everyone for @ alone", "@", ["Ada Lovelace", "Grace Hopper", "Tocsin"]],
  ["channels by name", "see #priv", ["#sec-private"]],
  ["commands at the start of a message", "/to", ["/tocsin help | list"]],
  ["no commands within a message", "and /to", []],
  ["nothing for a name that is already complete", "/invite @Tocsin", []],
  ["nobody for an @ within a word, such as an email address", "ada@gr", []],
])("suggestions offers %s", (_what, before, expected) => expect(labels(before)).toEqual(expected));

test("suggestions offers no commands in a thread, as in Slack", () =>
  expect(labels("/to", true)).toEqual([]));

test("a suggestion replaces the typed word", () => {
  const { from, list } = suggestions("ask @gr", candidates);
  expect([from, list[0]?.inserts]).toEqual([4, "@Grace Hopper "]);
});

test("usage returns the usage hint of the command that is being typed", () => {
  expect(usage("/tocsin li", candidates)).toBe("/tocsin help | list");
  expect(usage("/nothing li", candidates)).toBeUndefined();
});
