import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Database } from "../db/connect.ts";
import { sourceKeyPurpose, type Vault } from "../secrets/vault.ts";
import { type AuthenticatedSource, readSource, touchKey } from "./source-keys.ts";
import type { BodySignature } from "./source-kind.ts";
import { findSourceKind } from "./source-kinds.ts";

/** A source whose tool signs its bodies, and what a request claims to be signed with. Nothing is proven yet. */
export interface SignedRequest {
  source: AuthenticatedSource;
  /** Whether one of the source's keys made the signature of this body, which may be in pieces. Notes the key's use. */
  proves(body: readonly Buffer[]): Promise<boolean>;
}

export type FindSigned = (sourceId: string, headers: IncomingHttpHeaders) => Promise<SignedRequest | null>;

/** Finds the source of a signed request; null if its kind is not signed, or the request has no signature. */
export function signedRequestFinder(db: Database, vault: Vault, clock: () => Date): FindSigned {
  return async (sourceId, headers) => {
    if (!mayBeSigned(headers)) return null;
    const now = clock();
    const found = await readSource(db, sourceId, now);
    const signature = found && findSourceKind(found.source.kind)?.signature;
    const claimed = signature && readSignature(headers, signature);
    if (!found || !claimed) return null;
    return {
      source: found.source,
      async proves(body) {
        for (const { id, hash, sealed } of found.keys) {
          if (!sealed || !isSignedWith(vault.unseal(sealed, sourceKeyPurpose(id)), body, claimed)) continue;
          await touchKey(db, hash, now);
          return true;
        }
        return false;
      },
    };
  };
}

/** Spares a look into the database for all that have no signature of any kind. */
function mayBeSigned(headers: IncomingHttpHeaders): boolean {
  return Object.keys(headers).some((name) => name.includes("signature"));
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
