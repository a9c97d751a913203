import { hash, verify } from "@node-rs/argon2";
import type { Database } from "../db/connect.ts";
import { transaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import type { Principal } from "./principal.ts";
import { type NewSession, startSession } from "./sessions.ts";
import { attemptKeys, forgiveAttempt, takeAttempt } from "./sign-in-tries.ts";
import { selectUsers, type User } from "./users.ts";

type SignedIn =
  | { kind: "signed_in"; session: NewSession; user: User }
  | { kind: "wrong" }
  | { kind: "throttled"; waitMs: number };

interface Attempt {
  email: string;
  password: string;
  userAgent: string | null;
  now: Date;
}

/**
 * Signs in by password. An unknown email, a disabled user and a wrong password give the same answer in the same time.
 * Throttled attempts are not in the audit log; the failures before them are.
 */
export async function signIn(
  db: Pick<Database, "kysely">,
  by: Principal & { ip: string },
  { email, password, userAgent, now }: Attempt,
): Promise<SignedIn> {
  const keys = attemptKeys(email, by.ip);
  const waitMs = await transaction(db, (tx) => takeAttempt(tx, keys, now));
  if (waitMs > 0) return { kind: "throttled", waitMs };
  const known = await selectUsers(db.kysely)
    .select("password_hash as passwordHash")
    .where((is) => is(is.fn("lower", ["email"]), "=", email.trim().toLowerCase()))
    .executeTakeFirst();
  const hash = known?.enabled ? known.passwordHash : null;
  const matches = await passwordMatches(password, hash);
  const who = known ? { ...by, actor: actorOf(known) } : by;
  return transaction(db, async (tx): Promise<SignedIn> => {
    const action = "session.signed_in";
    if (!matches || !known) {
      await audit(tx, who, { action, outcome: "refused", data: { email: asEmail(email) } });
      return { kind: "wrong" };
    }
    await forgiveAttempt(tx, keys, now);
    await audit(tx, who, { action });
    const session = await startSession(tx, known.id, { now, ip: by.ip, userAgent });
    const { passwordHash: _, ...user } = known;
    return { kind: "signed_in", session, user };
  });
}

function actorOf({ id, name }: { id: string; name: string }) {
  return { type: "user", id, name } as const;
}

/** Keeps passwords that were typed into the email field out of the audit log. */
function asEmail(typed: string): string {
  return typed.includes("@") ? typed : "not an email";
}

/** Argon2id parameters of OWASP's cheat sheet: 19 MiB, 2 passes, no parallelism; about 20 ms of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Verified instead of an unknown user's hash, so that it takes the same time. It matches no password. */
const dummyHash = await hash(crypto.getRandomValues(new Uint8Array(32)), cost);

/** The hash of a password. It is normalised, since keyboards compose the same text differently. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

/** Whether the password matches the hash. False for null, after the same time. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const matches = await verify(stored ?? dummyHash, password.normalize("NFKC"));
  return matches && stored !== null;
}
