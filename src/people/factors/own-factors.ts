import type { Kysely } from "kysely";
import type { AuditAction } from "../../alert/audit-action.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { endOtherSessions, type OwnSession } from "../account/own-sessions.ts";
import { audit } from "../audit-log/audit.ts";
import { refusePasswordOf } from "../oidc/emergency-admin.ts";
import type { Principal } from "../principal.ts";
import { findUser } from "../users.ts";
import type { AddedFactor, OwnFactors } from "./contract.ts";
import { findFactors, hasFactor, isFactorRequired } from "./factors.ts";
import { listPasskeys } from "./passkeys.ts";
import { forgetRecoveryCodes, makeRecoveryCodes } from "./recovery-codes.ts";
import { relyingPartyOf } from "./relying-party.ts";

type Parts = Pick<Deps, "db" | "config">;

/** What the Account page shows. */
export async function readOwnFactors({ db, config }: Parts, userId: string): Promise<OwnFactors> {
  const { kysely } = db;
  const party = relyingPartyOf(config.publicUrl);
  const host = new URL(config.publicUrl).hostname;
  const passkeys = await listPasskeys(kysely, userId);
  const totp = await kysely
    .selectFrom("totps")
    .select(["confirmed_at", "last_used_at"])
    .where("user_id", "=", userId)
    .executeTakeFirst();
  const { recoveryCodes } = await findFactors(kysely, userId);
  return {
    passkeys: passkeys.map(({ id, name, rpId, createdAt, lastUsedAt }) => ({
      ...{ id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null },
      onlyFor: rpId === host ? null : rpId,
    })),
    totp: totp?.confirmed_at
      ? { createdAt: totp.confirmed_at.toISOString(), lastUsedAt: totp.last_used_at?.toISOString() ?? null }
      : null,
    recoveryCodesLeft: recoveryCodes,
    noPasskeysBecause: "unavailable" in party ? party.unavailable : null,
    noFactorsBecause: (await refuseFactorsOf(kysely, config, userId))?.why ?? null,
    required: await isFactorRequired(kysely),
  };
}

/** A refusal for users without a password: the identity provider has its own second factors. */
export async function refuseFactorsOf(
  db: Kysely<Tables>,
  { oidc }: Deps["config"],
  userId: string,
): Promise<Refusal | null> {
  const user = await findUser(db, userId);
  if (isRefusal(user)) return user;
  if (user.hasPassword && !(await refusePasswordOf(db, oidc, userId))) return null;
  const who = oidc?.name ?? "your identity provider";
  return { refused: "conflict", why: `You sign in with ${who}, which asks for a second factor itself.` };
}

interface Change {
  session: OwnSession;
  action: AuditAction;
  /** For the audit log. */
  data?: Record<string, unknown>;
}

/**
 * Adds a factor by `add`. The first one comes with recovery codes, and ends the user's other sessions: they began with a
 * password alone. What `add` refuses is audited too.
 */
export function addFactor(
  { db, config }: Parts,
  by: Principal,
  { session, action, data, add }: Change & { add: (tx: Transaction) => Promise<Refusal | null> },
): Promise<AddedFactor | Refusal> {
  const { userId } = session;
  return transaction(db, async (tx) => {
    const before = await findFactors(tx, userId);
    const refused = (await refuseFactorsOf(tx, config, userId)) ?? (await add(tx));
    await auditOwn(tx, by, { session, action, ...(data && { data }) }, refused);
    if (refused) return refused;
    if (!hasFactor(before)) await endOtherSessions(tx, session);
    return { recoveryCodes: before.recoveryCodes === 0 ? await makeRecoveryCodes(tx, userId) : null };
  });
}

/** Removes a factor by `remove`; recovery codes go with the last one, which has to stay if a factor is required. */
export function removeFactor(
  { db }: Parts,
  by: Principal,
  { session, action, data, remove }: Change & { remove: (tx: Transaction) => Promise<boolean> },
): Promise<Refusal | null> {
  const { userId } = session;
  return transaction(db, async (tx) => {
    const { passkeyHosts, totp } = await findFactors(tx, userId);
    const isLast = passkeyHosts.length + (totp ? 1 : 0) === 1;
    const refused =
      (isLast && (await isFactorRequired(tx)) ? lastFactor : null) ?? ((await remove(tx)) ? null : notThere);
    await auditOwn(tx, by, { session, action, ...(data && { data }) }, refused);
    if (!refused && !hasFactor(await findFactors(tx, userId))) await forgetRecoveryCodes(tx, userId);
    return refused;
  });
}

const lastFactor: Refusal = {
  refused: "conflict",
  why: "This is your last second factor, and everybody needs one here. Add another one first.",
};
const notThere: Refusal = { refused: "not_found", why: "It is not there, or has been removed." };

/** Replaces the user's recovery codes. */
export function replaceRecoveryCodes(
  { db }: Pick<Parts, "db">,
  by: Principal,
  session: OwnSession,
): Promise<string[] | Refusal> {
  return transaction(db, async (tx) => {
    const refused = hasFactor(await findFactors(tx, session.userId)) ? null : noFactorYet;
    await auditOwn(tx, by, { session, action: "user.recovery_codes_made" }, refused);
    return refused ?? makeRecoveryCodes(tx, session.userId);
  });
}

const noFactorYet: Refusal = {
  refused: "conflict",
  why: "Recovery codes stand in for a second factor. Add a passkey or an authenticator app first.",
};

function auditOwn(
  tx: Transaction,
  by: Principal,
  { session, action, data }: Change,
  refused: Refusal | null,
): Promise<void> {
  const entry = { action, target: { type: "user", id: session.userId }, changes: null } as const;
  return audit(
    tx,
    by,
    refused ? { ...entry, outcome: "refused", data: { ...data, why: refused.why } } : { ...entry, data },
  );
}
