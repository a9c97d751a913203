import { type Kysely, sql } from "kysely";

/**
 * Sign-in by OpenID Connect (docs/behaviour.md#openid-connect). Nodes of the previous version know neither table, and
 * take a session that was started by a provider as any other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  -- Who a user is at an identity provider.
  create table user_identities (
    issuer text not null,
    subject text not null,
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null,
    primary key (issuer, subject),
    unique (user_id, issuer)
  );

  -- Each state is used once. What belongs to it is sealed in a cookie, so that a sign-in that is only begun costs nothing.
  create table used_sign_ins (
    state_hash bytea primary key,
    expires_at timestamptz not null
  );
  create index used_sign_ins_expiry on used_sign_ins (expires_at);

  alter table sessions
    add column by_provider boolean not null default false,
    -- Sealed. The provider wants it back at sign-out.
    add column id_token bytea;
`;
