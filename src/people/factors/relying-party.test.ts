import { expect, test } from "vitest";
import { relyingPartyOf } from "./relying-party.ts";

test.each([
  ["https://tocsin.example.com", "tocsin.example.com"],
  ["https://tocsin.example.com:8443", "tocsin.example.com"],
  ["http://localhost:4000", "localhost"],
  ["http://desk.localhost:4000", "desk.localhost"],
])("a passkey for %s belongs to %s", (publicUrl, id) => {
  expect(relyingPartyOf(publicUrl)).toEqual({ id, origin: new URL(publicUrl).origin });
});

test.each([
  ["http://tocsin.example.com", /need https/],
  ["http://localhost.example.com", /need https/],
  ["https://192.0.2.7", /host name/],
  ["http://127.0.0.1:4000", /host name/],
  ["https://[2001:db8::7]", /host name/],
])("%s can't have passkeys", (publicUrl, why) => {
  expect(relyingPartyOf(publicUrl)).toEqual({ unavailable: expect.stringMatching(why) });
});
