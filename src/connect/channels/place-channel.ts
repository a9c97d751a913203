import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { SlackAccess } from "../slack-access.ts";
import { type FoundChannel, findChannel, readChannel } from "./find-channel.ts";

/** A channel in Slack, and the installation that posts there. */
export interface Place {
  installationId: string;
  channel: FoundChannel;
}

export const nameInOrganisation: Refusal = {
  refused: "invalid",
  field: "channel",
  why: "The app is installed for a whole organisation, where channels of several workspaces may share a name. Give the channel's ID, which stands at the bottom of its details in Slack.",
};

interface Wanted {
  /** As somebody named it. */
  channel: string;
  /** The workspace to look in; needed only where there are several. */
  teamId?: string | undefined;
  /** The one installation to look in, for a destination that has one. */
  installationId?: string;
}

/** Asks Slack for a channel. Throws a `SlackFault` while Slack can't be asked. */
export async function placeChannel(
  { db, slack }: { db: Database; slack: SlackAccess },
  { channel, teamId, installationId }: Wanted,
): Promise<Place | Refusal> {
  const reference = readChannel(channel);
  if (isRefusal(reference)) return reference;
  const installations = await readInstallations(db);
  const reachable = installations.filter(({ id }) => id === (installationId ?? id));
  const installation = chooseInstallation(reachable, teamId);
  if (isRefusal(installation)) return installation;
  if (installation.teamId === null && reference.kind === "name") return nameInOrganisation;
  const client = await slack.clientFor(installation.id);
  const found = await findChannel(client, reference);
  return isRefusal(found) ? found : { installationId: installation.id, channel: found };
}

function readInstallations({ kysely }: Database) {
  return kysely.selectFrom("installations").select(["id", "team_id as teamId"]).orderBy("id").execute();
}

interface Candidate {
  id: string;
  teamId: string | null;
}

const noSlackApp: Refusal = {
  refused: "invalid",
  field: "channel",
  why: "Tocsin isn't connected to Slack yet. Set up the Slack app first: Configure > Slack app, or PUT /api/v1/slack/app.",
};

/** The installation that reaches the workspace; without a wish the only one there is. */
export function chooseInstallation<T extends Candidate>(all: T[], teamId: string | undefined): T | Refusal {
  const [first, ...others] = all;
  if (!first) return noSlackApp;
  if (teamId === undefined) return others.length === 0 ? first : refused(severalWorkspaces(all));
  const ofTeam = all.find((candidate) => candidate.teamId === teamId);
  // An organisation's installation reaches its workspaces, as far as it was added to them.
  const ofOrganisation = all.find((candidate) => candidate.teamId === null);
  return ofTeam ?? ofOrganisation ?? refused(`The Slack app isn't installed in the workspace ${teamId}.`);
}

function severalWorkspaces(all: Candidate[]): string {
  const names = all.map(({ teamId }) => teamId ?? "an organisation").join(", ");
  return `The Slack app is installed in several workspaces (${names}): say which one the channel is in.`;
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "teamId", why };
}
