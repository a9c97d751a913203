import type { Refusal } from "../../alert/refusal.ts";

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
