import { hash, verify } from "@node-rs/argon2";
import type { Database } from "../db/connect.ts";
import { transaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import type { Principal } from "./principal.ts";
import { type NewSession, openSession } from "./sessions.ts";
import { forgiveTry, takeTry, tryKeys } from "./sign-in-tries.ts";
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
 * Signs somebody in by password. An unknown e-mail, a disabled user and a wrong password are one answer and
 * take the same time. Tries that are throttled leave no audit entry: those that led there have theirs.
 */
export async function signIn(
  db: Pick<Database, "kysely">,
  by: Principal & { ip: string },
  { email, password, userAgent, now }: Attempt,
): Promise<SignedIn> {
  const keys = tryKeys(email, by.ip);
  const waitMs = await transaction(db, (tx) => takeTry(tx, keys, now));
  if (waitMs > 0) return { kind: "throttled", waitMs };
  const known = await selectUsers(db.kysely)
    .select("password_hash as passwordHash")
    .where((is) => is(is.fn("lower", ["email"]), "=", email.trim().toLowerCase()))
    .executeTakeFirst();
  const hash = known?.enabled ? known.passwordHash : null;
  const fits = await passwordFits(password, hash);
  const who = known ? { ...by, actor: actorOf(known) } : by;
  return transaction(db, async (tx): Promise<SignedIn> => {
    const action = "session.signed_in";
    if (!fits || !known) {
      await audit(tx, who, { action, outcome: "refused", data: { email: asEmail(email) } });
      return { kind: "wrong" };
    }
    await forgiveTry(tx, keys, now);
    await audit(tx, who, { action });
    const session = await openSession(tx, known.id, { now, ip: by.ip, userAgent });
    const { passwordHash: _, ...user } = known;
    return { kind: "signed_in", session, user };
  });
}

function actorOf({ id, name }: { id: string; name: string }) {
  return { type: "user", id, name } as const;
}

/** People type passwords into the wrong field; those are not for the audit log. */
function asEmail(typed: string): string {
  return typed.includes("@") ? typed : "not an e-mail";
}

/** Argon2id as OWASP's cheat sheet has it: 19 MiB, 2 passes, 1 lane; about 20 ms of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What stands in for the hash of somebody unknown, so that they cost the same time. It fits no password. */
const decoy = await hash(crypto.getRandomValues(new Uint8Array(32)), cost);

/** A password as it is stored. Unicode has several spellings of one text; keyboards differ in which they send. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

/** True if it is the password of the hash. With null it works as long and is false. */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const fits = await verify(stored ?? decoy, password.normalize("NFKC"));
  return fits && stored !== null;
}
