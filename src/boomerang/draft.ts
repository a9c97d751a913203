import { sql } from "kysely";
import { durationHours } from "../alert/boomerang.ts";
import type { Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import { orSlackUnavailable } from "../connect/app/app-routes.ts";
import { invitedChannels } from "../connect/channels/offer-channels.ts";
import { toProfile } from "../connect/identity/identify.ts";
import { findAlert } from "../history/find-alerts.ts";
import type { Principal } from "../people/principal.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { questionTimes } from "./ask.ts";
import {
  loadOrigin,
  lookUpForConsole,
  type OriginWithClient,
  unreachableProblem,
} from "./ask-from-console.ts";
import type { BoomerangDraftBody, BoomerangPreviewBody, NewBoomerang } from "./contract.ts";
import { drawQuestion } from "./draw-question.ts";
import { fillQuestion, prefilledQuestion, questionFields } from "./fill-question.ts";
import { readParts } from "./preview.ts";
import { whyUnreachable } from "./recipients.ts";
import { confirmingOf, isOffered } from "./second-factor/ways.ts";
import { suggestPerson } from "./suggest.ts";

interface NamedPerson {
  name: string;
  email: string;
}

/** Slack allows 20 pages of `users.list` a minute, and forms are opened more often than that. */
const cacheMs = 10 * 60_000;
const maxKnownPeople = 200;
const firstPageCache = new Map<string, { until: number; people: NamedPerson[] }>();

/**
 * Some of the people who can be asked, sorted by name: Slack's first page (999 people) and people that Tocsin has
 * read lately. Anyone else is found by email.
 */
async function peopleToAsk(deps: Pick<Deps, "db" | "clock">, from: OriginWithClient): Promise<NamedPerson[]> {
  const { rows } = await sql<NamedPerson>`
    select name, email from slack_users
    where installation_id = ${from.installation.id} and email is not null and not deleted and not is_bot
      and not is_guest
    order by read_at desc limit ${maxKnownPeople}`.execute(deps.db.kysely);
  const all = [...(await firstPage(deps, from)), ...rows];
  const byEmail = new Map(all.map(({ name, email }) => [email.toLowerCase(), { name, email }]));
  return [...byEmail.values()].sort((a, b) => a.name.localeCompare(b.name));
}

async function firstPage(
  { clock }: Pick<Deps, "clock">,
  { installation, client }: OriginWithClient,
): Promise<NamedPerson[]> {
  // For an organisation, Slack lists people one workspace at a time.
  if (installation.teamId === null) return [];
  const now = clock().getTime();
  const read = firstPageCache.get(installation.id);
  if (read && read.until > now) return read.people;
  try {
    const users = await client.usersList();
    const people = users.flatMap((user) => {
      const { name, email } = user;
      return email && !whyUnreachable(toProfile(user), installation) ? [{ name, email }] : [];
    });
    firstPageCache.set(installation.id, { until: now + cacheMs, people });
    return people;
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    return [];
  }
}

/** The initial values of the Console's form. A 404 if the alert doesn't exist, a 409 before Slack is set up. */
export async function draftBoomerang(deps: Deps, alertId: string): Promise<BoomerangDraftBody> {
  const db = deps.db.kysely;
  const from = await loadOrigin(deps, alertId);
  const { origin, installation, client } = from;
  const alert = await findAlert(db, alertId);
  if (!alert) throw problem(404, "There is no such alert.");
  const at = { timezone: origin.timezone, now: deps.clock() };
  const [suggested, people, channels] = await Promise.all([
    suggestPerson({ db, client, installation }, alert),
    peopleToAsk(deps, from),
    listInvitedChannels(client),
  ]);
  return {
    question: fillQuestion(prefilledQuestion, alert, at),
    fields: Object.entries(questionFields(alert, at)).map(([name, value]) => ({ name, value })),
    suggested: suggested && { name: suggested.name, email: suggested.email },
    people,
    channels,
    secondFactor: await isOffered(db, confirmingOf(deps.config)),
  };
}

async function listInvitedChannels(client: SlackClient): Promise<{ id: string; name: string }[]> {
  try {
    return (await invitedChannels(client)).map(({ id, name }) => ({ id, name }));
  } catch (fault) {
    // The form still takes a channel's name or id.
    if (!(fault instanceof SlackFault)) throw fault;
    return [];
  }
}

/**
 * What the recipients would see, made from the same blocks that are sent to Slack. A 400 if a recipient can't be
 * reached.
 */
export async function previewBoomerang(
  deps: Deps,
  { actor }: Principal,
  { alertId, question, answers, openFor, ...asked }: NewBoomerang & { alertId: string },
): Promise<BoomerangPreviewBody> {
  const { origin, installation, client } = await loadOrigin(deps, alertId);
  const results = await orSlackUnavailable(lookUpForConsole(deps, { client, installation }, asked));
  if (results.some((result) => !result.reached)) throw unreachableProblem(results);
  const recipients = results.flatMap((result) => (result.reached ? [result.recipient] : []));
  const now = deps.clock();
  const { blocks } = drawQuestion({
    askId: "preview",
    kind: recipients[0]?.kind ?? "person",
    asker: actor.name,
    question,
    answers,
    timezone: origin.timezone,
    until: questionTimes(now, durationHours[openFor]).expiresAt,
    secondFactor: asked.secondFactor,
    now,
  });
  return { to: recipients.map(({ name }) => name), parts: readParts(blocks) };
}
