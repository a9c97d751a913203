import type { Installation } from "../../../people/slack/find-installation.ts";
import { installationById } from "../../../people/slack/installation-by-id.ts";
import type { SlackClient } from "../../../slack/client/slack-client.ts";
import { type AskingPlace, askingPlace } from "../../../triage/boomerang/asking-place.ts";
import type { Deps } from "../../../api/deps.ts";
import { problem } from "../../problem.ts";

export interface AskingFrom {
  place: AskingPlace;
  installation: Installation;
  client: SlackClient;
}

/** Whose bot asks about an alert, outside Slack; a 409 while there is none. */
export async function askingFrom(deps: Deps, alertId: string): Promise<AskingFrom> {
  const { kysely } = deps.db;
  const place = await askingPlace(kysely, { alertId, card: null });
  const installation = place && (await installationById(kysely, place.installationId));
  if (!place || !installation)
    throw problem(409, "Tocsin is connected to no Slack workspace yet. Set up the Slack app first.");
  return { place, installation, client: await deps.slack.clientFor(installation.id) };
}
