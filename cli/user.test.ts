import { expect, test } from "vitest";
import { newUser } from "../src/people/contract.ts";
import { readOptions } from "./user.ts";

test("options are read as the API would read them, and each invalid one is named", () => {
  const ada = { email: "ada@example.com", name: " Ada ", role: "Admin" };
  expect(readOptions(newUser, ada)).toEqual({ ...ada, name: "Ada" });
  const wrong = { ...ada, email: "ada", name: "" };
  expect(() => readOptions(newUser, wrong)).toThrow(/^--email: .+\n--name: .+$/);
});
