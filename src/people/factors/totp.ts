import { Secret, TOTP } from "otpauth";
import type { Refusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import type { Transaction } from "../../db/transaction.ts";

type Vault = Deps["slack"]["vault"];

/** Binds the secret of an authenticator app to its user. */
export function totpPurpose(userId: string): string {
  return `totps.sealed:${userId}`;
}

/** What all authenticator apps understand; some ignore other values, and then show wrong codes. */
const usual = { algorithm: "SHA1", digits: 6, period: 30 } as const;
const secretBytes = 20;
/** How many codes before and after the current one are accepted, for clocks that differ. */
const drift = 1;

/** Starts adding an authenticator app. Nothing counts before `confirmTotp`; an earlier start is replaced. */
export async function startTotp(
  tx: Transaction,
  {
    userId,
    email,
    issuer,
    vault,
    now,
  }: { userId: string; email: string; issuer: string; vault: Vault; now: Date },
): Promise<{ secret: string; uri: string } | Refusal> {
  const secret = new Secret({ size: secretBytes });
  const started = { sealed: vault.seal(secret.base32, totpPurpose(userId)), created_at: now };
  const row = await tx
    .insertInto("totps")
    .values({ user_id: userId, ...started })
    .onConflict((same) => same.column("user_id").doUpdateSet(started).where("totps.confirmed_at", "is", null))
    .returning("user_id")
    .executeTakeFirst();
  if (!row) return { refused: "conflict", why: "You have an authenticator app already. Remove it first." };
  return { secret: secret.base32, uri: new TOTP({ ...usual, secret, issuer, label: email }).toString() };
}

/** Makes a started authenticator app count, if the code is one of its. The code can't be used again to sign in. */
export async function confirmTotp(
  tx: Transaction,
  { userId, code, vault, now }: { userId: string; code: string; vault: Vault; now: Date },
): Promise<Refusal | null> {
  const totp = await lockTotp(tx, userId);
  if (!totp || totp.confirmed_at)
    return { refused: "conflict", why: "Start adding the authenticator app again." };
  const step = acceptedStep(open(totp.sealed, userId, vault), { code, now, lastStep: null });
  if (step === null) return wrongCode;
  const used = { confirmed_at: now, last_step: step };
  await tx.updateTable("totps").set(used).where("user_id", "=", userId).execute();
  return null;
}

const wrongCode: Refusal = {
  refused: "invalid",
  field: "code",
  why: "This is not the current code. Wait for the next one; if it is refused too, check the clock of your phone.",
};

/** Uses up a code of the user's app. Returns why it is refused; null if it is accepted. */
export async function takeTotpCode(
  tx: Transaction,
  { userId, code, vault, now }: { userId: string; code: string; vault: Vault; now: Date },
): Promise<"no authenticator app" | "wrong or used code" | null> {
  const totp = await lockTotp(tx, userId);
  if (!totp?.confirmed_at) return "no authenticator app";
  const step = acceptedStep(open(totp.sealed, userId, vault), { code, now, lastStep: totp.last_step });
  if (step === null) return "wrong or used code";
  const used = { last_step: step, last_used_at: now };
  await tx.updateTable("totps").set(used).where("user_id", "=", userId).execute();
  return null;
}

function lockTotp(tx: Transaction, userId: string) {
  const totp = tx.selectFrom("totps").select(["sealed", "confirmed_at", "last_step"]);
  return totp.where("user_id", "=", userId).forUpdate().executeTakeFirst();
}

function open(sealed: Buffer, userId: string, vault: Vault): string {
  return vault.unseal(sealed, totpPurpose(userId));
}

/**
 * The step (30 seconds, counted from 1970) whose code this is, at most one before or after the current one. Null for a
 * wrong code, and for one that isn't newer than the last accepted one.
 */
export function acceptedStep(
  secret: string,
  { code, now, lastStep }: { code: string; now: Date; lastStep: number | null },
): number | null {
  const totp = new TOTP({ ...usual, secret: Secret.fromBase32(secret) });
  const timestamp = now.getTime();
  const away = totp.validate({ token: code.replace(/\s/g, ""), timestamp, window: drift });
  if (away === null) return null;
  const step = totp.counter({ timestamp }) + away;
  return lastStep === null || step > lastStep ? step : null;
}

/** Removes a user's authenticator app; false if they have none. */
export async function removeTotp(tx: Transaction, userId: string): Promise<boolean> {
  const removed = tx.deleteFrom("totps").where("user_id", "=", userId).where("confirmed_at", "is not", null);
  return (await removed.returning("user_id").executeTakeFirst()) !== undefined;
}
