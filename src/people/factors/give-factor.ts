import type { Deps } from "../../api/deps.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { isKnownDeviceOf, rememberDevice } from "../devices.ts";
import { hashSecret, type Principal } from "../principal.ts";
import { auditRefusedSignIn } from "../refused-sign-ins.ts";
import { type NewSession, startSession } from "../sessions.ts";
import { factorCounters, forgetOldTries, forgiveTry, takeTry } from "../sign-in-tries.ts";
import type { FactorProof } from "./contract.ts";
import { takePasskey } from "./passkeys.ts";
import { findPending, takePending } from "./pending-sign-in.ts";
import { takeRecoveryCode } from "./recovery-codes.ts";
import type { RelyingParty } from "./relying-party.ts";
import { takeTotpCode } from "./totp.ts";

/** `over`: the pending sign-in is unknown, too old or used. */
type Given =
  | { kind: "signed_in"; session: NewSession; userId: string }
  | { kind: "wrong"; userId: string; factor: FactorKind; why: string }
  | { kind: "throttled"; userId: string; waitMs: number }
  | { kind: "over" };

export type FactorKind = "passkey" | "authenticator app" | "recovery code";

interface Attempt {
  /** The secret of the pending sign-in's cookie. */
  secret: string | undefined;
  proof: FactorProof;
  /** Null where browsers make no passkeys. */
  party: RelyingParty | null;
  vault: Deps["slack"]["vault"];
  /** The secret of the device's cookie. */
  device: string | null;
  userAgent: string | null;
  now: Date;
}

/** The second step of a sign-in: ends the pending sign-in and starts the session, if the factor is the user's. */
export async function giveFactor(
  db: Pick<Database, "kysely">,
  by: Principal & { ip: string },
  attempt: Attempt,
): Promise<Given> {
  const { secret, proof, device, now } = attempt;
  const pending = await findPending(db.kysely, secret, now);
  if (!pending || secret === undefined) return { kind: "over" };
  const { userId, name, email } = pending;
  const factor = kindOf(proof);
  const who = { ...by, actor: { type: "user", id: userId, name } as const };
  const knows = device !== null && (await isKnownDeviceOf(db.kysely, { secret: device, userId, now }));
  const counters = factorCounters({
    ...{ userId, ip: by.ip, guessable: factor === "authenticator app" },
    device: knows ? hashSecret(device) : null,
  });
  const refuse = (tx: Transaction, why: string) =>
    auditRefusedSignIn(tx, {
      by: who,
      email,
      now,
      why: `${factor}: ${why}`,
      action: "session.second_factor",
    });
  const waitMs = await transaction(db, async (tx) => {
    const wait = await takeTry(tx, counters, now);
    if (wait > 0) await refuse(tx, "too many tries");
    return wait;
  });
  if (waitMs > 0) return { kind: "throttled", userId, waitMs };
  const given = await transaction(db, async (tx): Promise<Given> => {
    const why = await take(tx, { ...attempt, secret, userId });
    if (why !== null) {
      await refuse(tx, why);
      return { kind: "wrong", userId, factor, why };
    }
    // After the factor, so that of two requests with the same one only the first gets here.
    if (!(await takePending(tx, secret))) return { kind: "over" };
    await forgiveTry(tx, counters);
    const session = await start(tx, who, { ...attempt, userId, factor });
    return { kind: "signed_in", session, userId };
  });
  if (given.kind === "wrong") await forgetOldTries(db.kysely, now);
  return given;
}

/** An app shows six digits; recovery codes are longer. */
export function kindOf(proof: FactorProof): FactorKind {
  if ("passkey" in proof) return "passkey";
  return /^[\d\s]+$/.test(proof.code) ? "authenticator app" : "recovery code";
}

/** Uses the factor up. Returns why it is refused; null if it is the user's. */
async function take(
  tx: Transaction,
  { proof, secret, userId, party, vault, now }: Attempt & { secret: string; userId: string },
): Promise<string | null> {
  if ("passkey" in proof) {
    if (!party) return "passkeys don't work at this address";
    const holder = { userId, holder: secret, purpose: "sign in", party, now } as const;
    return takePasskey(tx, { ...holder, proof: proof.passkey });
  }
  const { code } = proof;
  if (kindOf(proof) === "authenticator app") return takeTotpCode(tx, { userId, code, vault, now });
  return (await takeRecoveryCode(tx, userId, code)) ? null : "wrong or used code";
}

async function start(
  tx: Transaction,
  by: Principal & { ip: string },
  { userId, factor, device: secret, userAgent, now }: Attempt & { userId: string; factor: FactorKind },
): Promise<NewSession> {
  const entry = { target: { type: "user", id: userId }, changes: null, data: { factor } } as const;
  await audit(tx, by, { action: "session.second_factor", ...entry });
  await audit(tx, by, { action: "session.signed_in", ...entry });
  const device = await rememberDevice(tx, userId, { secret, now });
  return startSession(tx, userId, { now, ip: by.ip, userAgent, device });
}
