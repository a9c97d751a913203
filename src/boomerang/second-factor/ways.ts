import { type Kysely, sql } from "kysely";
import type { Config } from "../../config.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { relyingPartyOf } from "../../people/factors/relying-party.ts";
import type { LookupResult } from "../recipients.ts";

/** How answers can be confirmed in this installation of Tocsin. */
export interface Confirming {
  /** The name of the identity provider; null without OpenID Connect. */
  provider: string | null;
  /** The host that passkeys are made for; null where browsers make none. */
  passkeyHost: string | null;
}

export function confirmingOf({ oidc, publicUrl }: Pick<Config, "oidc" | "publicUrl">): Confirming {
  const party = relyingPartyOf(publicUrl);
  return { provider: oidc?.name ?? null, passkeyHost: "id" in party ? party.id : null };
}

/** Whether anybody can confirm an answer here: the option is offered only then. */
export async function isOffered(db: Kysely<Tables>, { provider, passkeyHost }: Confirming): Promise<boolean> {
  if (provider !== null) return true;
  const { rows } = await sql`select from passkeys where rp_id = ${passkeyHost} limit 1`.execute(db);
  return rows.length > 0;
}

/** How one person can confirm their answer. */
export interface Ways {
  provider: string | null;
  /** The Tocsin user with their email who has a passkey; null if there is none. */
  passkeyUser: string | null;
}

/** The ways of the person with this email in Slack; null if they can use neither. */
export async function waysOf(
  db: Kysely<Tables>,
  { provider, passkeyHost }: Confirming,
  email: string | null,
): Promise<Ways | null> {
  if (email === null) return null;
  const { rows } = await sql<{ id: string }>`
    select id from users u where lower(email) = ${email.toLowerCase()} and enabled
      and exists (select from passkeys where user_id = u.id and rp_id = ${passkeyHost})`.execute(db);
  const passkeyUser = rows[0]?.id ?? null;
  return provider === null && passkeyUser === null ? null : { provider, passkeyUser };
}

/** The same results, without the recipients who could not confirm an answer. */
export function onlyConfirmable(
  db: Kysely<Tables>,
  confirming: Confirming,
  results: readonly LookupResult[],
): Promise<LookupResult[]> {
  return Promise.all(
    results.map(async (result): Promise<LookupResult> => {
      if (!result.reached) return result;
      const { recipient } = result;
      if (recipient.kind === "channel")
        return confirming.provider !== null
          ? result
          : { reached: false, name: recipient.name, why: noProvider };
      const ways = await waysOf(db, confirming, recipient.email);
      return ways ? result : { reached: false, name: recipient.name, why: neither };
    }),
  );
}

const noProvider = "its members can confirm an answer only where OpenID Connect is set up";
const neither =
  "they could not confirm an answer: they have neither a sign-in by OpenID Connect nor a passkey";
