import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openVault } from "./vault.ts";

const vault = openVault(createSecretKey(randomBytes(32)));

test("unseal returns what was sealed, for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, purpose) => {
      expect(vault.unseal(vault.seal(text, purpose), purpose)).toBe(text);
    }),
  );
});

test("sealing the same secret twice gives different bytes", () => {
  expect(vault.seal("xoxb-1", "bot")).not.toEqual(vault.seal("xoxb-1", "bot"));
});

test("a secret opens only for its own purpose", () => {
  const sealed = vault.seal("xoxb-1", "slack_app.client_secret");
  expect(() => vault.unseal(sealed, "slack_app.signing_secret")).toThrow();
});

test("another key opens nothing", () => {
  const other = openVault(createSecretKey(randomBytes(32)));
  expect(() => other.unseal(vault.seal("xoxb-1", "bot"), "bot")).toThrow();
});

test("a changed bit anywhere makes unsealing fail", () => {
  const sealed = vault.seal("xoxb-1", "bot");
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
    expect(() => vault.unseal(changed, "bot"), `byte ${at}`).toThrow();
  }
});

test("a truncated tag and an empty buffer are refused", () => {
  const sealed = vault.seal("", "bot");
  expect(() => vault.unseal(sealed.subarray(0, -12), "bot")).toThrow();
  expect(() => vault.unseal(Buffer.alloc(0), "bot")).toThrow();
});
