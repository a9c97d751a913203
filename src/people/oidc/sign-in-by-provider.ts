import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Oidc } from "../../config.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { changeUser, createUser } from "../change-user.ts";
import { rememberDevice } from "../devices.ts";
import { commandLine, type Principal } from "../principal.ts";
import { findRole } from "../roles.ts";
import { type NewSession, startSession } from "../sessions.ts";
import { lockPeople } from "../users.ts";
import { type Account, decideAccount, type WhyRefused } from "./decide-account.ts";
import { findEmergencyAdmin } from "./emergency-admin.ts";
import { type Claims, roleNameOf } from "./read-claims.ts";

interface Visit {
  claims: Claims;
  /** Sealed, for the sign-out; null if it is too long to be kept. */
  idToken: Buffer | null;
  /** The secret of the device's cookie. */
  device: string | null;
  userAgent: string | null;
  now: Date;
}

/** Somebody who is signed in, or why they are not; `userId` is the user that it was about. */
type Outcome =
  | { kind: "signed_in"; session: NewSession; userId: string }
  | { kind: "refused"; why: WhyRefused | "unknown role"; userId: string | null };

/**
 * Signs in a person whom the provider vouches for: finds or creates their user, gives them the role of their groups, and
 * starts a session. A refusal is for the caller to audit.
 */
export function signInByProvider(
  db: Pick<Database, "kysely">,
  by: Principal & { ip: string },
  { oidc, visit }: { oidc: Oidc; visit: Visit },
): Promise<Outcome> {
  const { claims, now } = visit;
  return transaction(db, async (tx): Promise<Outcome> => {
    await lockPeople(tx);
    const byIdentity = await findAccount(tx, oidc, claims, "identity");
    const byEmail = byIdentity ? null : await findAccount(tx, oidc, claims, "email");
    const role = await roleOf(tx, oidc, claims);
    const userId = (byIdentity ?? byEmail)?.id ?? null;
    if (isRefusal(role)) return { kind: "refused", why: "unknown role", userId };
    const decision = decideAccount(claims, { byIdentity, byEmail, role });
    if (decision.kind === "refuse") return { kind: "refused", why: decision.why, userId };
    const provider = asProvider(by, oidc);
    const id =
      decision.kind === "create"
        ? await created(tx, provider, { email: decision.email, name: claims.name, role: decision.role })
        : decision.userId;
    if (decision.kind === "sign_in" && decision.role !== null)
      await giveRole(tx, provider, { id, role: decision.role, now });
    if (decision.kind === "create" || decision.link) await addIdentity(tx, provider, { id, claims, now });
    return { kind: "signed_in", session: await start(tx, by, { id, oidc, visit }), userId: id };
  });
}

/** The name of the role that the groups give, as Tocsin has it; null without a group, a refusal if there is no such role. */
async function roleOf(
  tx: Transaction,
  { roles }: Oidc,
  { groups }: Claims,
): Promise<string | null | Refusal> {
  const name = roleNameOf(groups, roles);
  const role = name === null ? null : await findRole(tx, name);
  return role === null || isRefusal(role) ? role : role.name;
}

async function findAccount(
  tx: Transaction,
  oidc: Oidc,
  { issuer, subject, email }: Claims,
  by: "identity" | "email",
): Promise<Account | null> {
  const users = tx
    .selectFrom("users")
    .innerJoin("roles", "roles.id", "users.role_id")
    .leftJoin("user_identities as i", (join) =>
      join.onRef("i.user_id", "=", "users.id").on("i.issuer", "=", issuer),
    )
    .select(["users.id", "enabled", "roles.name as role", "i.subject"]);
  const found =
    by === "identity"
      ? await users.where("i.subject", "=", subject).executeTakeFirst()
      : await users
          .where((is) => is(is.fn("lower", ["users.email"]), "=", email?.toLowerCase() ?? ""))
          .executeTakeFirst();
  if (!found) return null;
  const isEmergencyAdmin = oidc.only && (await findEmergencyAdmin(tx, oidc))?.id === found.id;
  const { subject: known, ...account } = found;
  return { ...account, hasIdentity: known !== null, isEmergencyAdmin };
}

/** Who changes users because of what the provider says. It may do so, since the operator has mapped its groups. */
function asProvider(by: Principal, { name }: Oidc): Principal {
  const actor = { type: "system", id: null, name: `OpenID Connect (${name})` } as const;
  return { ...by, actor, permissions: commandLine.permissions };
}

async function created(tx: Transaction, by: Principal, user: { email: string; name: string; role: string }) {
  const made = await createUser(tx, by, user);
  // Email and role were looked up under the same lock.
  if (isRefusal(made)) throw new Error(made.why);
  return made.id;
}

/** The last enabled user with Manage Users keeps that role, and the audit log says so. */
async function giveRole(
  tx: Transaction,
  by: Principal,
  { id, role, now }: { id: string; role: string; now: Date },
): Promise<void> {
  const changed = await changeUser(tx, by, { id, change: { role }, now });
  if (!isRefusal(changed)) return;
  const target = { type: "user", id } as const;
  const changes = { role: { to: role } };
  await audit(tx, by, {
    action: "user.changed",
    target,
    outcome: "refused",
    changes,
    data: { why: changed.why },
  });
}

async function addIdentity(
  tx: Transaction,
  by: Principal,
  { id, claims: { issuer, subject }, now }: { id: string; claims: Claims; now: Date },
): Promise<void> {
  await tx
    .insertInto("user_identities")
    .values({ issuer, subject, user_id: id, last_used_at: now })
    .execute();
  const target = { type: "user", id } as const;
  await audit(tx, by, { action: "user.identity_added", target, changes: null, data: { issuer, subject } });
}

async function start(
  tx: Transaction,
  by: Principal & { ip: string },
  { id, oidc, visit }: { id: string; oidc: Oidc; visit: Visit },
): Promise<NewSession> {
  const { claims, idToken, device: secret, userAgent, now } = visit;
  const user = await tx.selectFrom("users").select("name").where("id", "=", id).executeTakeFirstOrThrow();
  await tx
    .updateTable("user_identities")
    .set({ last_used_at: now })
    .where("issuer", "=", claims.issuer)
    .where("subject", "=", claims.subject)
    .execute();
  const actor = { type: "user", id, name: user.name } as const;
  const target = { type: "user", id } as const;
  const data = { with: oidc.name };
  await audit(tx, { ...by, actor }, { action: "session.signed_in", target, changes: null, data });
  const device = await rememberDevice(tx, id, { secret, now });
  const byProvider = { idToken, confirmedAt: confirmedAt(claims, now) };
  return startSession(tx, id, { now, ip: by.ip, userAgent, device, byProvider });
}

/** A provider may sign in a person who proved it hours ago, so only its word makes the sign-in a fresh one. */
function confirmedAt({ authenticatedAt }: Claims, now: Date): Date {
  return new Date(Math.min(authenticatedAt?.getTime() ?? 0, now.getTime()));
}
