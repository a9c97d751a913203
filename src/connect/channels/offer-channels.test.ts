import { expect, test } from "vitest";
import { chooseChannels } from "./offer-channels.ts";

const channel = (name: string) => ({
  id: `C0${name.toUpperCase()}`,
  name,
  private: false,
  sharedOutside: false,
});
const invited = ["soc", "security"].map(channel);
const listed = [...invited, ...["random", "insecure", "secure-files"].map(channel)];
const names = (typed: string) => {
  const { invited: first, others, near } = chooseChannels(typed, { invited, listed });
  return { first: first.map(({ name }) => name), others: others.map(({ name }) => name), near };
};

test("without input the bot's channels come first, and none twice", () => {
  expect(names("")).toEqual({
    first: ["security", "soc"],
    others: ["insecure", "random", "secure-files"],
    near: [],
  });
});

test("a prefix match comes before other matches", () => {
  expect(names("#secur")).toEqual({ first: ["security"], others: ["secure-files", "insecure"], near: [] });
});

test("an id finds its channel", () => {
  expect(names("C0RANDOM").others).toEqual(["random"]);
});

test("a typo gets similar names", () => {
  expect(names("securty")).toEqual({ first: [], others: [], near: ["security"] });
});

test("at most 50 of 10,000 channels are offered", () => {
  const many = Array.from({ length: 10_000 }, (_, n) => channel(`team-${n}`));
  expect(chooseChannels("team", { invited: [], listed: many }).others).toHaveLength(50);
});
