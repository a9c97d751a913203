import { sql } from "kysely";
import { asFace } from "../people/slack/as-face.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { whyUnreachable } from "../triage/boomerang/why-unreachable.ts";
import type { Deps } from "../api/deps.ts";
import type { AskingFrom } from "../http/alerts/boomerang/asking-from.ts";

interface Named {
  name: string;
  email: string;
}

/** Slack lets one read twenty pages a minute, and a form is opened more often. */
const believedMs = 10 * 60_000;
const mostMet = 200;
const firstPages = new Map<string, { until: number; people: Named[] }>();

/**
 * Some of those who can be asked, by name: Slack's first page of a workspace, nearly a thousand people, and all whom
 * Tocsin has met. Anybody else is found by their e-mail.
 */
export async function peopleToAsk(deps: Pick<Deps, "db" | "clock">, from: AskingFrom): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select name, email from slack_users
    where installation_id = ${from.installation.id} and email is not null and not deleted and not is_bot
      and not is_guest
    order by read_at desc limit ${mostMet}`.execute(deps.db.kysely);
  const all = [...(await firstPage(deps, from)), ...rows];
  const byEmail = new Map(all.map(({ name, email }) => [email.toLowerCase(), { name, email }]));
  return [...byEmail.values()].sort((a, b) => a.name.localeCompare(b.name));
}

async function firstPage(
  { clock }: Pick<Deps, "clock">,
  { installation, client }: AskingFrom,
): Promise<Named[]> {
  // An organisation's list would have to be read workspace by workspace.
  if (installation.teamId === null) return [];
  const now = clock().getTime();
  const read = firstPages.get(installation.id);
  if (read && read.until > now) return read.people;
  try {
    const users = await client.usersList();
    const people = users.flatMap((user) => {
      const { name, email } = user;
      return email && !whyUnreachable(asFace(user), installation) ? [{ name, email }] : [];
    });
    firstPages.set(installation.id, { until: now + believedMs, people });
    return people;
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    return [];
  }
}
