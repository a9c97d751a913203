import { expect, test } from "vitest";
import { ApiFault } from "../api/request.ts";
import { fieldErrors } from "./use-fields.ts";

const refused = (field: string) =>
  new ApiFault({ title: "Invalid", status: 400, detail: "No", errors: [{ field, detail: "too long" }] });

test.each(["channel", "channel.0", "/channel", "body.channel", "body/channel/1", "channel[2]"])(
  "an error at %s stands at the field channel",
  (field) => {
    expect(fieldErrors(refused(field))).toEqual(new Map([["channel", "Too long"]]));
  },
);

test("what is wrong within a list is told by its place there", () => {
  expect(fieldErrors(refused("links[1].url"), "links")).toEqual(new Map([["1.url", "Too long"]]));
  expect(fieldErrors(refused("links"), "links")).toEqual(new Map([["", "Too long"]]));
  expect(fieldErrors(refused("channel"), "links").size).toBe(0);
});

test("a fault that names no field leaves every field alone", () => {
  expect(fieldErrors(new ApiFault({ title: "Gone", status: 503, detail: "Later" })).size).toBe(0);
  expect(fieldErrors(new TypeError("x")).size).toBe(0);
  expect(fieldErrors(null).size).toBe(0);
});

test("what is wrong with several values of a field stands there together, e-mails as they are written", () => {
  const errors = ["eve@acme.example can't be asked.", "bob can't be asked."].map((detail, at) => ({
    field: `to.${at}`,
    detail,
  }));
  expect(fieldErrors(new ApiFault({ title: "Invalid", status: 400, detail: "No", errors }))).toEqual(
    new Map([["to", "eve@acme.example can't be asked. Bob can't be asked."]]),
  );
});
