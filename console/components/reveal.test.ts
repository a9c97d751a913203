import { expect, test } from "vitest";
import { reveal } from "./reveal.ts";

test.each([
  ["\u202Efdp.exe", "⟨U+202E⟩fdp.exe"],
  ["a\u200Bb\uFEFF", "a⟨U+200B⟩b⟨U+FEFF⟩"],
  ["\u0007\u2066x\u2069", "⟨U+0007⟩⟨U+2066⟩x⟨U+2069⟩"],
  ["\uD800", "⟨U+D800⟩"],
  ["São Paulo 👩‍🚀 ❤️‍🔥\r\n\ta", "São Paulo 👩‍🚀 ❤️‍🔥\r\n\ta"],
])("reveal shows %j as %s", (text, shown) => {
  expect(reveal(text)).toBe(shown);
});
