import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { SlackAccess } from "../slack-access.ts";
import { type FoundChannel, findChannel, readChannel } from "./find-channel.ts";

/** A channel in Slack and the installation that posts there. */
export interface ResolvedChannel {
  installationId: string;
  channel: FoundChannel;
}

export const nameInOrganisation: Refusal = {
  refused: "invalid",
  field: "channel",
  why: "The app is installed for a whole organisation, where channels of several workspaces may share a name. Enter the channel's ID, which is at the bottom of its details in Slack.",
};

interface ChannelQuery {
  /** An id, a name or a link. */
  channel: string;
  /** The workspace to search; needed only if there are several. */
  teamId?: string | undefined;
  /** The only installation to search, for a destination that has one. */
  installationId?: string;
}

/** Finds a channel in Slack. Throws a `SlackFault` if Slack can't be reached. */
export async function resolveChannel(
  { db, slack }: { db: Database; slack: SlackAccess },
  { channel, teamId, installationId }: ChannelQuery,
): Promise<ResolvedChannel | Refusal> {
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

/** The installation that serves the workspace; without `teamId`, the only installation. */
export function chooseInstallation<T extends Candidate>(all: T[], teamId: string | undefined): T | Refusal {
  const [first, ...others] = all;
  if (!first) return noSlackApp;
  if (teamId === undefined) return others.length === 0 ? first : refused(severalWorkspaces(all));
  const ofTeam = all.find((candidate) => candidate.teamId === teamId);
  // An organisation's installation serves the workspaces that it was added to.
  const ofOrganisation = all.find((candidate) => candidate.teamId === null);
  return ofTeam ?? ofOrganisation ?? refused(`The Slack app isn't installed in the workspace ${teamId}.`);
}

function severalWorkspaces(all: Candidate[]): string {
  const names = all.map(({ teamId }) => teamId ?? "an organisation").join(", ");
  return `The Slack app is installed in several workspaces (${names}). Choose the one that the channel is in.`;
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "teamId", why };
}
