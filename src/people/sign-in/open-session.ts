import type { Transaction } from "../../db/transaction.ts";
import { hashSecret, makeSecret } from "../secret.ts";
import { sessionLifetime } from "./session-lifetime.ts";

/** A session that has just begun: the secret is for the cookie, and stored nowhere. */
export interface NewSession {
  secret: string;
  expiresAt: Date;
}

/** Begins a session of the user. */
export async function openSession(
  tx: Transaction,
  userId: string,
  { now, ip, userAgent }: { now: Date; ip: string | null; userAgent: string | null },
): Promise<NewSession> {
  const secret = makeSecret();
  const expiresAt = sessionLifetime(now, now);
  await tx
    .insertInto("sessions")
    .values({
      token_hash: hashSecret(secret),
      user_id: userId,
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
      ip,
      user_agent: userAgent?.slice(0, 300) ?? null,
    })
    .execute();
  return { secret, expiresAt };
}
