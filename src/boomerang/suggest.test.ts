import { expect, test } from "vitest";
import { emailsIn } from "./suggest.ts";

const fields = ["email", "actor.alternateId"];

test("e-mails stand under the fields' names, wherever those are; the nearest first", () => {
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

test("what is no e-mail, or stands under another name, is nobody", () => {
  expect(
    emailsIn({ email: "not one", myemail: "eve@acme.example", note: "eve@acme.example" }, fields),
  ).toEqual([]);
  expect(emailsIn({}, fields)).toEqual([]);
});
