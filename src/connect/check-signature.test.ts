import { expect, test } from "vitest";
import { sendingApp } from "./check-signature.ts";

test.each([
  ["an event", '{"api_app_id":"A0TOCSIN01"}', "A0TOCSIN01"],
  ["a click", `payload=${encodeURIComponent('{"api_app_id":"A0TOCSIN01"}')}`, "A0TOCSIN01"],
  ["a command", "command=%2Ftocsin&api_app_id=A0TOCSIN01", "A0TOCSIN01"],
  ["a url_verification", '{"type":"url_verification"}', null],
  ["invalid JSON", "{", null],
])("the app of %s is read", (_, body, app) => {
  expect(sendingApp(body)).toBe(app);
});
