import type { Principal } from "../../../people/principal.ts";
import type { SlackClient } from "../../../slack/client/slack-client.ts";
import type { Recipient } from "../../../triage/boomerang/recipient.ts";
import type { Deps } from "../../../api/deps.ts";

interface Asking {
  client: Pick<SlackClient, "lookupByEmail">;
  by: Principal;
  to: readonly Recipient[];
}

/** Who, in Slack, the person at the Console is: they must not answer for a channel themselves. */
export async function askerInSlack(
  { db }: Pick<Deps, "db">,
  { client, by, to }: Asking,
): Promise<string | null> {
  if (!by.userId || to.every(({ kind }) => kind === "person")) return null;
  const user = await db.kysely
    .selectFrom("users")
    .select("email")
    .where("id", "=", by.userId)
    .executeTakeFirst();
  return user ? ((await client.lookupByEmail(user.email))?.id ?? null) : null;
}
