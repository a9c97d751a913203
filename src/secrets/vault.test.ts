import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openVault } from "./vault.ts";

const vault = openVault(createSecretKey(randomBytes(32)));

test("what was sealed is opened again, whatever it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, purpose) => {
      expect(vault.unseal(vault.seal(text, purpose), purpose)).toBe(text);
    }),
  );
});

test("the same secret looks different each time", () => {
  expect(vault.seal("xoxb-1", "bot")).not.toEqual(vault.seal("xoxb-1", "bot"));
});

test("a secret opens only for its purpose, so that swapped columns are noticed", () => {
  const sealed = vault.seal("xoxb-1", "slack_app.client_secret");
  expect(() => vault.unseal(sealed, "slack_app.signing_secret")).toThrow();
});

test("another key opens nothing", () => {
  const other = openVault(createSecretKey(randomBytes(32)));
  expect(() => other.unseal(vault.seal("xoxb-1", "bot"), "bot")).toThrow();
});

test("one changed bit anywhere is noticed", () => {
  const sealed = vault.seal("xoxb-1", "bot");
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
    expect(() => vault.unseal(changed, "bot"), `byte ${at}`).toThrow();
  }
});

test("a tag cut short is refused, as is nothing at all", () => {
  const sealed = vault.seal("", "bot");
  expect(() => vault.unseal(sealed.subarray(0, -12), "bot")).toThrow();
  expect(() => vault.unseal(Buffer.alloc(0), "bot")).toThrow();
});
