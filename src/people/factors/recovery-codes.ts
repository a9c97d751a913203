import { createHash, randomInt } from "node:crypto";
import type { Transaction } from "../../db/transaction.ts";

const count = 10;
/** Without letters that look like others. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const letters = 16;

/** Replaces a user's recovery codes and returns the new ones, which are stored hashed: 79 bits each, nobody guesses one. */
export async function makeRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, makeCode);
  await forgetRecoveryCodes(tx, userId);
  const rows = codes.map((code) => ({ user_id: userId, code_hash: hashOf(userId, code) }));
  await tx.insertInto("recovery_codes").values(rows).execute();
  return codes;
}

export async function forgetRecoveryCodes(tx: Transaction, userId: string): Promise<void> {
  await tx.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
}

/** Uses up a code. Returns false if the user has no such code, or no longer. */
export async function takeRecoveryCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const taken = await tx
    .deleteFrom("recovery_codes")
    .where("user_id", "=", userId)
    .where("code_hash", "=", hashOf(userId, code))
    .returning("code_hash")
    .executeTakeFirst();
  return taken !== undefined;
}

function makeCode(): string {
  const code = Array.from({ length: letters }, () => alphabet[randomInt(alphabet.length)]).join("");
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/** Bound to the user, and the same however it is typed. */
function hashOf(userId: string, code: string): Buffer {
  const typed = code.toLowerCase().replace(/[^a-z0-9]/g, "");
  return createHash("sha256").update(`${userId}:${typed}`).digest();
}
