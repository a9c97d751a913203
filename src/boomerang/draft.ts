import { sql } from "kysely";
import { durationHours } from "../alert/boomerang.ts";
import type { Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import { reachingSlack } from "../connect/app/app-routes.ts";
import { invitedChannels } from "../connect/channels/offer-channels.ts";
import { asFace } from "../connect/identity/identify.ts";
import { findAlert } from "../history/find-alerts.ts";
import type { Principal } from "../people/principal.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { timesOf } from "./ask.ts";
import { type AskingFrom, askingFrom, unreached } from "./ask-from-console.ts";
import type { BoomerangDraftBody, BoomerangPreviewBody, NewBoomerang } from "./contract.ts";
import { drawQuestion } from "./draw-question.ts";
import { fillQuestion, prefilledQuestion, questionFields } from "./fill-question.ts";
import { readParts } from "./preview.ts";
import { reach, whyUnreachable } from "./recipients.ts";
import { suggest } from "./suggest.ts";

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
async function peopleToAsk(deps: Pick<Deps, "db" | "clock">, from: AskingFrom): Promise<Named[]> {
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

/** What the Console's form begins with. */
export async function draftBoomerang(deps: Deps, alertId: string): Promise<BoomerangDraftBody> {
  const db = deps.db.kysely;
  const from = await askingFrom(deps, alertId);
  const { place, installation, client } = from;
  const alert = await findAlert(db, alertId);
  if (!alert) throw problem(404, "There is no such alert.");
  const at = { timezone: place.timezone, now: deps.clock() };
  const [suggested, people, channels] = await Promise.all([
    suggest({ db, client, installation }, alert),
    peopleToAsk(deps, from),
    channelsOf(client),
  ]);
  return {
    question: fillQuestion(prefilledQuestion, alert, at),
    fields: Object.entries(questionFields(alert, at)).map(([name, value]) => ({ name, value })),
    suggested: suggested && { name: suggested.name, email: suggested.email },
    people,
    channels,
  };
}

async function channelsOf(client: SlackClient): Promise<{ id: string; name: string }[]> {
  try {
    return (await invitedChannels(client)).map(({ id, name }) => ({ id, name }));
  } catch (fault) {
    // A channel can still be named by hand.
    if (!(fault instanceof SlackFault)) throw fault;
    return [];
  }
}

/** What those who are asked would see, drawn by what draws it for Slack. Whoever can't be reached is named. */
export async function previewBoomerang(
  deps: Deps,
  { actor }: Principal,
  { alertId, to, question, answers, openFor }: NewBoomerang & { alertId: string },
): Promise<BoomerangPreviewBody> {
  const { place, installation, client } = await askingFrom(deps, alertId);
  const reached = await reachingSlack(reach(client, installation, to));
  if (reached.some((one) => !one.reached)) throw unreached(reached);
  const recipients = reached.flatMap((one) => (one.reached ? [one.recipient] : []));
  const now = deps.clock();
  const { blocks } = drawQuestion({
    askId: "preview",
    kind: recipients[0]?.kind ?? "person",
    asker: actor.name,
    question,
    answers,
    timezone: place.timezone,
    until: timesOf(now, durationHours[openFor]).expiresAt,
    now,
  });
  return { to: recipients.map(({ name }) => name), parts: readParts(blocks) };
}
