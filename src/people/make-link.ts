import type { Transaction } from "../db/transaction.ts";
import { hashSecret, makeSecret } from "./secret.ts";

const hour = 60 * 60 * 1000;

/**
 * Makes a link that works once: for a user, to set their password within 24 hours; for null, to become the
 * first admin within one hour. Earlier links of the same kind stop working. The token stands behind `#`, which
 * browsers send to nobody.
 */
export async function makeLink(
  tx: Transaction,
  userId: string | null,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<string> {
  const token = makeSecret();
  const lifetime = userId === null ? hour : 24 * hour;
  await tx
    .deleteFrom("password_links")
    .where((is) => (userId === null ? is("user_id", "is", null) : is("user_id", "=", userId)))
    .execute();
  await tx
    .insertInto("password_links")
    .values({
      token_hash: hashSecret(token),
      user_id: userId,
      expires_at: new Date(now.getTime() + lifetime),
    })
    .execute();
  return `${publicUrl}/${userId === null ? "welcome" : "set-password"}#${token}`;
}
