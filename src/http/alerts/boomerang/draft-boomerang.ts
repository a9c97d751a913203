import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";
import { findAlert } from "../../../history/find-alerts.ts";
import { invitedChannels } from "../../../setup/channels/listing/invited-channels.ts";
import { fillQuestion, prefilledQuestion } from "../../../slack/boomerang/fill-question.ts";
import { questionFields } from "../../../slack/boomerang/question-fields.ts";
import type { SlackClient } from "../../../slack/client/slack-client.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { suggest } from "../../../triage/boomerang/suggest.ts";
import type { BoomerangDraftBody } from "../../contract/boomerang-draft.ts";
import type { Deps } from "../../deps.ts";
import { problem } from "../../problem.ts";
import { askingFrom } from "./asking-from.ts";

/** What the Console's form begins with. */
export async function draftBoomerang(deps: Deps, alertId: string): Promise<BoomerangDraftBody> {
  const db = deps.db.kysely;
  const { place, installation, client } = await askingFrom(deps, alertId);
  const alert = await findAlert(db, alertId);
  if (!alert) throw problem(404, "There is no such alert.");
  const at = { timezone: place.timezone, now: deps.clock() };
  const [suggested, people, channels] = await Promise.all([
    suggest({ db, client, installation }, alert),
    known(db, installation.id),
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

const mostKnown = 200;

/** Those in Slack whom Tocsin has met: a workspace's whole list may be fifty pages long, and an e-mail finds anybody. */
async function known(
  db: Database["kysely"],
  installationId: string,
): Promise<{ name: string; email: string }[]> {
  const { rows } = await sql<{ name: string; email: string }>`
    select name, email from (
      select name, email, read_at from slack_users
      where installation_id = ${installationId} and email is not null and not deleted and not is_bot and not is_guest
      order by read_at desc limit ${mostKnown}
    ) met order by name`.execute(db);
  return rows;
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
