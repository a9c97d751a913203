import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { readChannel } from "../channels/channel-reference.ts";
import { type FoundChannel, findChannel } from "../channels/find-channel.ts";
import type { SlackAccess } from "../slack-app/slack-access.ts";
import { chooseInstallation } from "./choose-installation.ts";

/** A channel in Slack, and the installation that posts there. */
export interface Place {
  installationId: string;
  channel: FoundChannel;
}

const nameInOrganisation: Refusal = {
  refused: "invalid",
  field: "channel",
  why: "The app is installed for a whole organisation, where channels of several workspaces may share a name. Give the channel's ID, which stands at the bottom of its details in Slack.",
};

/** Asks Slack for the channel that somebody named. Throws a `SlackFault` while Slack can't be asked. */
export async function placeChannel(
  { db, slack }: { db: Database; slack: SlackAccess },
  { channel, teamId }: { channel: string; teamId?: string | undefined },
): Promise<Place | Refusal> {
  const reference = readChannel(channel);
  if (isRefusal(reference)) return reference;
  const installation = chooseInstallation(await readInstallations(db), teamId);
  if (isRefusal(installation)) return installation;
  if (installation.teamId === null && reference.kind === "name") return nameInOrganisation;
  const client = await slack.clientFor(installation.id);
  const found = await findChannel(client, reference);
  return isRefusal(found) ? found : { installationId: installation.id, channel: found };
}

function readInstallations({ kysely }: Database) {
  return kysely.selectFrom("installations").select(["id", "team_id as teamId"]).orderBy("id").execute();
}
