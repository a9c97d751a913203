import { z } from "zod";
import { destinationPurpose, type Vault } from "../../secrets/vault.ts";
import type { Target } from "./alert-event.ts";

/** Encrypts the secrets of a destination, each by itself, as base64 for the database. */
export function sealAll(vault: Vault, id: string, secrets: Record<string, unknown>): Record<string, string> {
  const sealed = Object.entries(secrets).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return [name, vault.seal(text, destinationPurpose(name, id)).toString("base64")];
  });
  return Object.fromEntries(sealed);
}

/** The secrets of a destination; its type's schemas say which ones are texts and which JSON. */
export function unsealAll(
  vault: Vault,
  { id, sealed }: Pick<Target, "id" | "sealed">,
  schemas: z.ZodRawShape,
): Record<string, unknown> {
  const opened = Object.entries(sealed).map(([name, value]) => {
    const text = vault.unseal(Buffer.from(value, "base64"), destinationPurpose(name, id));
    const schema = schemas[name];
    return [name, schema && z.safeParse(schema, text).success ? text : JSON.parse(text)];
  });
  return Object.fromEntries(opened);
}
