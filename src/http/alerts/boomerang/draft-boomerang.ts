import { findAlert } from "../../../history/find-alerts.ts";
import { invitedChannels } from "../../../setup/channels/listing/invited-channels.ts";
import { fillQuestion, prefilledQuestion } from "../../../boomerang/fill-question.ts";
import { questionFields } from "../../../slack/boomerang/question-fields.ts";
import type { SlackClient } from "../../../slack/client/slack-client.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { suggest } from "../../../boomerang/suggest.ts";
import type { BoomerangDraftBody } from "../../contract/boomerang-draft.ts";
import type { Deps } from "../../../api/deps.ts";
import { problem } from "../../problem.ts";
import { askingFrom } from "./asking-from.ts";
import { peopleToAsk } from "../../../boomerang/draft.ts";

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
