import { expect, test } from "vitest";
import { containsName, refusePassword } from "./password-rules.ts";

const ada = { email: "ada.byron@example.com", name: "Ada Lovelace", field: "password" };
const whyOf = async (password: string) => (await refusePassword(password, ada))?.why ?? "good";

test.each([
  " ".repeat(12),
  "aaaaaaaaaaaa",
  "abcabcabcabc",
  "password1234",
  "P@ssw0rd1234",
  "passwordpassword",
  "123456789012",
  "qwertyuiop12",
  "1qaz2wsx3edc",
  "Winter2026!!",
  "tocsin123456",
  "iloveyou2024",
])("a password that is common, a pattern or a repetition is refused: %j", async (password) => {
  expect(await refusePassword(password, ada)).toEqual({
    refused: "invalid",
    field: "password",
    why: expect.stringMatching(/easy to guess.*Use four random words/),
  });
});

test.each([
  "ada.byron@example.com",
  "ada.byron kettle 42",
  "AdaByron-kettle",
  "kettle of ada moon",
  "my dear Lovelace 7",
  "kettle ＬＯＶＥＬＡＣＥ moon",
])("a password that contains the name or email is refused: %j", async (password) => {
  expect(await whyOf(password)).toMatch(/contains your name or email address.*Use four random words/);
});

test.each(["correct horse battery staple", "zebra kettle moon", "kV8#nQz2pL!x", "canada kettle zebra moon"])(
  "a password that takes many guesses is accepted: %j",
  async (password) => expect(await whyOf(password)).toBe("good"),
);

test("a short name counts only as a word, and an empty one never", () => {
  expect(containsName("canada is cold", "x@example.com", "Ada")).toBe(false);
  expect(containsName("is ada here", "x@example.com", "Ada")).toBe(true);
  expect(containsName("anything", "", "")).toBe(false);
  expect(containsName("al fresco", "al@example.com", "Al")).toBe(false);
});

test("a very long password is judged quickly and by its beginning", async () => {
  expect(await whyOf("P@ssw0rd ".repeat(100))).toMatch(/easy to guess/);
  expect(await whyOf(`kV8#nQz2pL!x${" ".repeat(900)}`)).toBe("good");
});
