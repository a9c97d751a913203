import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Database } from "../../db/connect.ts";
import { hashSecret } from "../../people/principal.ts";
import { sourceKeyPurpose, type Vault } from "../../secrets/vault.ts";
import { type AuthenticatedSource, readSource, type StoredKey, touchKey } from "../source-keys.ts";
import type { BodySignature } from "../source-kind.ts";
import { findSourceKind } from "../source-kinds.ts";

/**
 * A source whose tool proves itself by its bodies: it signs them, or has its key in them. Nothing is proven yet.
 */
export interface SignedRequest {
  source: AuthenticatedSource;
  /** Whether this body, which may be in pieces, has the signature of one of the source's keys, or a key. Notes its use. */
  proves(body: readonly Buffer[]): Promise<boolean>;
}

export type FindSigned = (sourceId: string, headers: IncomingHttpHeaders) => Promise<SignedRequest | null>;

/** Finds the source of a request without a key; null if its kind has no other proof, or the request has no signature. */
export function signedRequestFinder(db: Database, vault: Vault, clock: () => Date): FindSigned {
  return async (sourceId, headers) => {
    const now = clock();
    const found = await readSource(db, sourceId, now);
    const { signature, keyField } = (found && findSourceKind(found.source.kind)) ?? {};
    const claimed = signature && readSignature(headers, signature);
    if (!found || !(claimed || keyField)) return null;
    const isSigner = ({ id, sealed }: StoredKey, body: readonly Buffer[]) =>
      sealed !== null && !!claimed && isSignedWith(vault.unseal(sealed, sourceKeyPurpose(id)), body, claimed);
    return {
      source: found.source,
      async proves(body) {
        const hashes = keyField ? hashesIn(body, keyField) : [];
        for (const key of found.keys) {
          if (!hashes.some((hash) => timingSafeEqual(hash, key.hash)) && !isSigner(key, body)) continue;
          await touchKey(db, key.hash, now);
          return true;
        }
        return false;
      },
    };
  };
}

/** A body with many such fields is nobody's. */
const maxKeysInBody = 10;

/** The hashes of what a field holds, wherever it is: knowing a key is the proof, so the body is not parsed for it. */
function hashesIn(body: readonly Buffer[], field: string): Buffer[] {
  const values = Buffer.concat(body)
    .toString("latin1")
    .matchAll(new RegExp(`"${field}"\\s*:\\s*"([\\w-]{1,100})"`, "g"));
  return [...values].slice(0, maxKeysInBody).map(([, key = ""]) => hashSecret(key));
}

/** The bytes of the signature; null if there is none in the right form. */
function readSignature(headers: IncomingHttpHeaders, { header, prefix }: BodySignature): Buffer | null {
  const given = headers[header];
  if (typeof given !== "string" || !given.startsWith(prefix)) return null;
  const digits = given.slice(prefix.length);
  return /^[0-9a-f]{64}$/i.test(digits) ? Buffer.from(digits, "hex") : null;
}

function isSignedWith(key: string, body: readonly Buffer[], signature: Buffer): boolean {
  const hmac = createHmac("sha256", key);
  for (const piece of body) hmac.update(piece);
  return timingSafeEqual(hmac.digest(), signature);
}
