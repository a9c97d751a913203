import { hash, verify } from "@node-rs/argon2";
import type { Oidc } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { audit } from "./audit-log/audit.ts";
import { knowsDevice, rememberDevice } from "./devices.ts";
import { findFactors, hasFactor } from "./factors/factors.ts";
import { beginPending, type PendingSignIn } from "./factors/pending-sign-in.ts";
import { refusePasswordOf } from "./oidc/emergency-admin.ts";
import { hashSecret, type Principal } from "./principal.ts";
import { auditRefusedSignIn } from "./refused-sign-ins.ts";
import { type NewSession, startSession } from "./sessions.ts";
import { countersOf, forgetOldTries, forgiveTry, takeTry } from "./sign-in-tries.ts";
import { selectUsers, type User } from "./users.ts";

/** `userId` is the user whose email it was, for the log. */
type SignedIn =
  | { kind: "signed_in"; session: NewSession; user: User }
  | { kind: "factor_needed"; pending: PendingSignIn }
  | { kind: "wrong"; userId: string | null }
  | { kind: "throttled"; userId: string | null; waitMs: number };

interface Attempt {
  email: string;
  password: string;
  /** The secret of the cookie that a device keeps after signing in. */
  device: string | null;
  userAgent: string | null;
  /** With `only`, nobody but the emergency admin signs in by password. */
  oidc: Oidc | undefined;
  now: Date;
}

/**
 * Signs in by password; a user with a second factor has to give it then. An unknown email, a disabled user and a wrong password give the same answer in the same time.
 */
export async function signIn(
  db: Pick<Database, "kysely">,
  by: Principal & { ip: string },
  attempt: Attempt,
): Promise<SignedIn> {
  const { email, password, now } = attempt;
  const known = await findByEmail(db, attempt);
  const userId = known?.id ?? null;
  const device =
    known?.knowsDevice && attempt.device ? { userId: known.id, hash: hashSecret(attempt.device) } : null;
  const counters = countersOf({ email, ip: by.ip, device });
  const who = known ? { ...by, actor: actorOf(known) } : by;
  const waitMs = await transaction(db, async (tx) => {
    const wait = await takeTry(tx, counters, now);
    if (wait > 0) await auditRefusedSignIn(tx, { by: who, email, why: "too many tries", now });
    return wait;
  });
  if (waitMs > 0) return { kind: "throttled", userId, waitMs };
  const refused = known && (await refusePasswordOf(db.kysely, attempt.oidc, known.id));
  const mayUse = known?.enabled && !refused;
  const matches = await passwordMatches(password, mayUse ? known.passwordHash : null);
  if (matches && known) {
    return transaction(db, async (tx): Promise<SignedIn> => {
      await forgiveTry(tx, counters);
      const pending = await askForFactor(tx, who, { userId: known.id, now });
      if (pending) return { kind: "factor_needed", pending };
      const { passwordHash: _, knowsDevice: __, ...user } = known;
      return {
        kind: "signed_in",
        session: await startAudited(tx, who, { ...attempt, userId: known.id }),
        user,
      };
    });
  }
  const why = refused ? "only OpenID Connect is accepted" : "wrong email or password";
  await transaction(db, (tx) => auditRefusedSignIn(tx, { by: who, email, why, now }));
  await forgetOldTries(db.kysely, now);
  return { kind: "wrong", userId };
}

function findByEmail(db: Pick<Database, "kysely">, { email, device, now }: Attempt) {
  return selectUsers(db.kysely)
    .select("password_hash as passwordHash")
    .select(knowsDevice(device, now).as("knowsDevice"))
    .where((is) => is(is.fn("lower", ["email"]), "=", email.trim().toLowerCase()))
    .executeTakeFirst();
}

/** The second step of a sign-in whose password was right; null if the user has no second factor. */
export async function askForFactor(
  tx: Transaction,
  by: Principal,
  { userId, now }: { userId: string; now: Date },
): Promise<PendingSignIn | null> {
  const factors = await findFactors(tx, userId);
  if (!hasFactor(factors)) return null;
  const target = { type: "user", id: userId } as const;
  await audit(tx, by, { action: "session.password_accepted", target, changes: null });
  return beginPending(tx, userId, { factors, now });
}

async function startAudited(
  tx: Transaction,
  by: Principal & { ip: string },
  { userId, device: secret, userAgent, now }: Omit<Attempt, "email" | "oidc"> & { userId: string },
): Promise<NewSession> {
  const target = { type: "user", id: userId } as const;
  await audit(tx, by, { action: "session.signed_in", target, changes: null });
  const device = await rememberDevice(tx, userId, { secret, now });
  return startSession(tx, userId, { now, ip: by.ip, userAgent, device });
}

function actorOf({ id, name }: { id: string; name: string }) {
  return { type: "user", id, name } as const;
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
