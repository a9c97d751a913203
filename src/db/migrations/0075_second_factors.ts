import { type Kysely, sql } from "kysely";

/**
 * Second factors of local accounts (docs/behaviour.md#second-factors). Nodes of the previous version know none of the
 * tables: until the last of them has stopped, a password is enough there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table passkeys (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    -- The authenticator's own id of it, in base64url.
    credential_id text not null unique,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null,
    -- The host that it was made for; it works for no other one.
    rp_id text not null,
    name text not null,
    created_at timestamptz not null,
    last_used_at timestamptz
  );
  create index passkeys_by_user on passkeys (user_id);

  -- At most one for each user and purpose. The holder is the session or the pending sign-in that it was made for.
  create table passkey_challenges (
    holder_hash bytea not null,
    purpose text not null,
    challenge text not null,
    expires_at timestamptz not null,
    primary key (holder_hash, purpose)
  );
  create index passkey_challenges_expiry on passkey_challenges (expires_at);

  create table totps (
    user_id uuid primary key references users on delete cascade,
    sealed bytea not null,
    created_at timestamptz not null,
    -- Null until a code has shown that the app has the secret.
    confirmed_at timestamptz,
    -- The 30 seconds, counted from 1970, of the last code that was accepted.
    last_step bigint,
    last_used_at timestamptz
  );

  create table recovery_codes (
    code_hash bytea primary key,
    user_id uuid not null references users on delete cascade
  );
  create index recovery_codes_by_user on recovery_codes (user_id);

  -- Sign-ins that have given the password, and have to give the second factor.
  create table pending_sign_ins (
    secret_hash bytea primary key,
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
  );
  create index pending_sign_ins_by_user on pending_sign_ins (user_id);
  create index pending_sign_ins_expiry on pending_sign_ins (expires_at);
`;
