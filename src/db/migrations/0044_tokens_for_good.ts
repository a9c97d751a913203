import { type Kysely, sql } from "kysely";

/**
 * Revokes the tokens of disabled users, which came back when the user was enabled, and limits tokens that were made by a
 * token to its addresses.
 */
export async function up<T>(db: Kysely<T>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  update api_tokens t set revoked_at = now() from users u
  where u.id = t.created_by and not u.enabled and t.revoked_at is null;

  -- Makers are older than what they made.
  do $$
  declare made record;
  begin
    for made in
      select t.id, t.made_by_token from api_tokens t
      where t.made_by_token is not null and t.revoked_at is null order by t.created_at
    loop
      update api_tokens t set cidrs = maker.cidrs from api_tokens maker
      where t.id = made.id and maker.id = made.made_by_token and maker.cidrs <> '{}'
        and (t.cidrs = '{}' or exists (
          select from unnest(t.cidrs) own(cidr) where not exists (
            select from unnest(maker.cidrs) allowed(cidr)
            where network(own.cidr::inet) <<= network(allowed.cidr::inet))));
    end loop;
  end $$;
`;
