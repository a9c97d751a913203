import { type Kysely, sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { Transaction } from "../../db/transaction.ts";
import type { OwnSession } from "../account/own-sessions.ts";
import { type ChallengePurpose, makeChallenge, takeChallenge } from "./challenges.ts";
import type { CredentialProof, NewPasskey } from "./contract.ts";
import type { RelyingParty } from "./relying-party.ts";

/** Loaded at the first use: it needs 26 MB and a third of a second. */
const library = () => import("@simplewebauthn/server");

const maxPasskeys = 20;

/** EdDSA, ES256 and RS256. The library would add what this Node supports only as an experiment, and another node may not. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** Who asks for a challenge or answers it: the holder of a session or of a pending sign-in. */
interface Holder {
  userId: string;
  /** The secret of the session or pending sign-in. */
  holder: string;
  purpose: ChallengePurpose;
  party: RelyingParty;
  now: Date;
}

/** A user's passkeys, oldest first. */
export function listPasskeys(db: Kysely<Tables>, userId: string) {
  return db
    .selectFrom("passkeys")
    .select(["id", "name", "rp_id as rpId", "created_at as createdAt", "last_used_at as lastUsedAt"])
    .where("user_id", "=", userId)
    .orderBy("id")
    .execute();
}

/** The options with which a browser has an authenticator make a passkey. */
export async function newPasskeyOptions(
  db: Kysely<Tables>,
  {
    user,
    session,
    party,
    now,
  }: { user: { email: string; name: string }; session: OwnSession } & Pick<Holder, "party" | "now">,
) {
  const { generateRegistrationOptions } = await library();
  const challenge = await makeChallenge(db, { holder: session.secret, purpose: "add", now });
  return generateRegistrationOptions({
    rpName: "Tocsin",
    rpID: party.id,
    userID: Uint8Array.from(Buffer.from(session.userId.replaceAll("-", ""), "hex")),
    userName: user.email,
    userDisplayName: user.name,
    challenge: Uint8Array.from(Buffer.from(challenge, "base64url")),
    attestationType: "none",
    supportedAlgorithmIDs,
    excludeCredentials: await credentialsOf(db, { userId: session.userId, party }),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });
}

/** Adds the passkey that an authenticator made, and returns its id. */
export async function addPasskey(
  tx: Transaction,
  {
    wanted,
    session,
    party,
    now,
  }: { wanted: NewPasskey; session: OwnSession } & Pick<Holder, "party" | "now">,
): Promise<{ id: string } | Refusal> {
  const challenge = await takeChallenge(tx, { holder: session.secret, purpose: "add", now });
  if (challenge === null) return expired;
  const made = await verifyNew(wanted, { challenge, party });
  if (made === null) return refused;
  if ((await listPasskeys(tx, session.userId)).length >= maxPasskeys)
    return { refused: "conflict", why: `You have ${maxPasskeys} passkeys. Remove one that you don't use.` };
  const id = uuid();
  const added = await tx
    .insertInto("passkeys")
    .values({
      ...{ id, user_id: session.userId, name: wanted.name, rp_id: party.id, created_at: now },
      ...{ credential_id: made.id, public_key: Buffer.from(made.publicKey), counter: made.counter },
      transports: wanted.credential.response.transports,
    })
    .onConflict((same) => same.column("credential_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return added ?? { refused: "conflict", why: "This passkey has been added already." };
}

const expired: Refusal = {
  refused: "conflict",
  why: "That took longer than 5 minutes, or was begun again in another tab. Add the passkey again.",
};
const refused: Refusal = {
  refused: "invalid",
  why: "The browser's answer doesn't fit this address, or the device didn't check who you are. Add the passkey again.",
};

async function verifyNew(
  { credential }: NewPasskey,
  { challenge, party }: { challenge: string; party: RelyingParty },
) {
  const { verifyRegistrationResponse } = await library();
  const { authenticatorAttachment: _, ...response } = credential;
  const expected = { expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id };
  try {
    const verified = await verifyRegistrationResponse({
      response,
      ...expected,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    });
    return verified.registrationInfo?.credential ?? null;
  } catch {
    // The library throws for whatever doesn't fit, with a text for programmers.
    return null;
  }
}

/** The options with which a browser proves that the user has one of their passkeys. */
export async function passkeyOptions(db: Kysely<Tables>, { userId, holder, purpose, party, now }: Holder) {
  const { generateAuthenticationOptions } = await library();
  const challenge = await makeChallenge(db, { holder, purpose, now });
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: Uint8Array.from(Buffer.from(challenge, "base64url")),
    allowCredentials: await credentialsOf(db, { userId, party }),
    userVerification: "required",
  });
}

async function credentialsOf(db: Kysely<Tables>, { userId, party }: Pick<Holder, "userId" | "party">) {
  const passkeys = db.selectFrom("passkeys").select(["credential_id as id", "transports"]);
  return passkeys.where("user_id", "=", userId).where("rp_id", "=", party.id).execute();
}

/** Why the answer of an authenticator is refused. */
export type PasskeyFault = "no challenge, or too late" | "unknown passkey" | "wrong answer";

/** Uses up the challenge. Returns why the answer is refused; null if it shows that the user has the passkey. */
export async function takePasskey(
  tx: Transaction,
  { proof, ...who }: Holder & { proof: CredentialProof },
): Promise<PasskeyFault | null> {
  const challenge = await takeChallenge(tx, who);
  if (challenge === null) return "no challenge, or too late";
  const passkey = await tx
    .selectFrom("passkeys")
    .select(["id", "credential_id", "public_key", "counter"])
    .where("user_id", "=", who.userId)
    .where("credential_id", "=", proof.id)
    .where("rp_id", "=", who.party.id)
    .forUpdate()
    .executeTakeFirst();
  if (!passkey) return "unknown passkey";
  const { credential_id: id, public_key, counter } = passkey;
  const stored = { id, publicKey: Uint8Array.from(public_key), counter };
  const newCounter = await verifyProof(proof, { stored, challenge, party: who.party });
  if (newCounter === null) return "wrong answer";
  const used = { counter: newCounter, last_used_at: who.now };
  await tx.updateTable("passkeys").set(used).where("id", "=", passkey.id).execute();
  return null;
}

interface Stored {
  id: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
}

/** The authenticator's new counter; null for a wrong answer, and for a counter that somebody else's copy has used. */
async function verifyProof(
  { authenticatorAttachment: _, ...proof }: CredentialProof,
  { stored, challenge, party }: { stored: Stored; challenge: string; party: RelyingParty },
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await library();
  const { userHandle: __, ...response } = proof.response;
  const expected = { expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id };
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...{ response: { ...proof, response }, credential: stored, ...expected },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

/** Removes one passkey of a user; false if they have none with this id. */
export async function removePasskey(tx: Transaction, userId: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`delete from passkeys where id = ${id} and user_id = ${userId} returning id`.execute(tx);
  return rows.length > 0;
}
