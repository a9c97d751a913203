import { expect, test } from "vitest";
import { ApiError } from "../api/request.ts";
import { fieldErrors } from "./use-fields.ts";

const refused = (field: string) =>
  new ApiError({ title: "Invalid", status: 400, detail: "No", errors: [{ field, detail: "too long" }] });

test.each(["channel", "channel.0", "/channel", "body.channel", "body/channel/1", "channel[2]"])(
  "an error at %s is shown at the field channel",
  (field) => {
    expect(fieldErrors(refused(field))).toEqual(new Map([["channel", "Too long"]]));
  },
);

test("an error inside a list is keyed by its position in the list", () => {
  expect(fieldErrors(refused("links[1].url"), "links")).toEqual(new Map([["1.url", "Too long"]]));
  expect(fieldErrors(refused("links"), "links")).toEqual(new Map([["", "Too long"]]));
  expect(fieldErrors(refused("channel"), "links").size).toBe(0);
});

test("an error that names no field marks no field", () => {
  expect(fieldErrors(new ApiError({ title: "Gone", status: 503, detail: "Later" })).size).toBe(0);
  expect(fieldErrors(new TypeError("x")).size).toBe(0);
  expect(fieldErrors(null).size).toBe(0);
});

test("errors of several values of a field are joined, and email addresses keep their case", () => {
  const errors = ["eve@acme.example can't be asked.", "bob can't be asked."].map((detail, index) => ({
    field: `to.${index}`,
    detail,
  }));
  expect(fieldErrors(new ApiError({ title: "Invalid", status: 400, detail: "No", errors }))).toEqual(
    new Map([["to", "eve@acme.example can't be asked. Bob can't be asked."]]),
  );
});
