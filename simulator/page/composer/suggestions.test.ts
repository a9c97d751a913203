import { expect, test } from "vitest";
import { suggestions, usage } from "./suggestions.ts";

const known = {
  people: [
    { name: "ada", realName: "Ada Lovelace" },
    { name: "grace", realName: "Grace Hopper" },
    { name: "tocsin", realName: "Tocsin" },
  ],
  channels: [{ name: "security" }, { name: "sec-private" }],
  commands: [{ command: "/tocsin", description: "Alerts at hand", usageHint: "help | list", app: "Tocsin" }],
};
const labels = (before: string, inThread = false) =>
  suggestions(before, known, inThread).list.map(({ label }) => label);

test.each([
  ["people by the beginning of any of their names", "ask @lov", ["Ada Lovelace"]],
  ["everybody right after the sign", "@", ["Ada Lovelace", "Grace Hopper", "Tocsin"]],
  ["channels", "see #priv", ["#sec-private"]],
  ["commands at the start of a message", "/to", ["/tocsin help | list"]],
  ["no commands within one", "and /to", []],
  ["nothing that has been typed already", "/invite @Tocsin", []],
  ["nobody within a word, as in an address", "ada@gr", []],
])("%s", (_what, before, expected) => expect(labels(before)).toEqual(expected));

test("in a thread there are no commands, as in Slack", () => expect(labels("/to", true)).toEqual([]));

test("what is taken stands in place of what was typed", () => {
  const { from, list } = suggestions("ask @gr", known);
  expect([from, list[0]?.writes]).toEqual([4, "@Grace Hopper "]);
});

test("a command that is being typed says how it is used", () => {
  expect(usage("/tocsin li", known)).toBe("/tocsin help | list");
  expect(usage("/nothing li", known)).toBeUndefined();
});
