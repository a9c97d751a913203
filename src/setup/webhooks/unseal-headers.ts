import { z } from "zod";
import { webhookPurpose } from "../secrets/purposes.ts";
import type { Vault } from "../../secrets/vault.ts";

const stored = z.record(z.string(), z.string());

/** The own headers of a webhook, with their values. */
export function unsealHeaders(vault: Vault, destinationId: string, sealed: Buffer): Record<string, string> {
  return stored.parse(JSON.parse(vault.unseal(sealed, webhookPurpose("headers", destinationId))));
}
