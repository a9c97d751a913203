import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";

/** The second factors of a user that count. */
export interface Factors {
  /** For each passkey the host that it was made for. */
  passkeyHosts: string[];
  totp: boolean;
  recoveryCodes: number;
}

export async function findFactors(db: Kysely<Tables>, userId: string): Promise<Factors> {
  const { rows } = await sql<Factors>`
    select array(select rp_id from passkeys where user_id = ${userId}) as "passkeyHosts",
      exists (select from totps where user_id = ${userId} and confirmed_at is not null) as totp,
      (select count(*) from recovery_codes where user_id = ${userId}) as "recoveryCodes"`.execute(db);
  return rows[0] ?? { passkeyHosts: [], totp: false, recoveryCodes: 0 };
}

/** Whether a password alone is not enough. Recovery codes are no factor of their own. */
export function hasFactor({ passkeyHosts, totp }: Pick<Factors, "passkeyHosts" | "totp">): boolean {
  return passkeyHosts.length > 0 || totp;
}

export const factorSetting = "require_second_factor";

/** Whether everybody who signs in by password needs a second factor. */
const factorRequired = sql<boolean>`coalesce(
  (select value = 'true'::jsonb from settings where name = ${sql.lit(factorSetting)}), false)`;

/** Whether the session of the query's row began by password, though its user lacks the second factor that is required. */
export const lacksFactor = sql<boolean>`(not sessions.by_provider and ${factorRequired}
  and not exists (select from passkeys p where p.user_id = sessions.user_id)
  and not exists (select from totps t where t.user_id = sessions.user_id and t.confirmed_at is not null))`;

export async function isFactorRequired(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ required: boolean }>`select ${factorRequired} as required`.execute(db);
  return rows[0]?.required ?? false;
}
