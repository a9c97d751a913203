import { expect, test } from "vitest";
import { emailsIn } from "./suggest.ts";

const fields = ["email", "actor.alternateId"];

test("emails are found under the given field names, the least nested first", () => {
  const context = {
    deep: { user: { Email: "eve@acme.example" } },
    email: "grace@acme.example",
    actor: { alternateId: "ada@acme.example", id: "mallory@acme.example" },
    targets: [{ email: "frank@acme.example" }],
  };
  expect(emailsIn(context, fields)).toEqual([
    "grace@acme.example",
    "ada@acme.example",
    "eve@acme.example",
    "frank@acme.example",
  ]);
});

test("a value that is not an email, or is in another field, is ignored", () => {
  expect(
    emailsIn({ email: "not one", myemail: "eve@acme.example", note: "eve@acme.example" }, fields),
  ).toEqual([]);
  expect(emailsIn({}, fields)).toEqual([]);
});
