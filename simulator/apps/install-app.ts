import type { Simulator } from "../simulator.ts";
import { announceTo } from "../callbacks/announce.ts";
import { admitBot, dismissBot } from "../workspace/install.ts";
import type { Installation } from "../workspace/installation.ts";

type Wanted = { teams: ReadonlySet<string>; addsFuture: boolean };

/** Lets an app of an organisation into exactly these of its workspaces, and tells it which came and which went. */
export function letIn(simulator: Simulator, bot: Installation, { teams, addsFuture }: Wanted): void {
  const { place } = bot;
  if (place.kind !== "organisation") return;
  const { workspaces, makeTs } = simulator.world;
  place.addsFuture = addsFuture;
  const tell = (type: string, teamId: string) => {
    const workspace = workspaces.get(teamId);
    if (!workspace) return;
    (type === "team_access_granted" ? admitBot : dismissBot)(workspace, bot);
    announceTo({ ...simulator, workspace }, bot, { type, team_ids: [teamId], event_ts: makeTs() });
  };
  const granted = [...teams].filter((id) => !place.teams.has(id));
  const revoked = [...place.teams].filter((id) => !teams.has(id));
  place.teams = new Set(teams);
  for (const id of granted) tell("team_access_granted", id);
  for (const id of revoked) tell("team_access_revoked", id);
  simulator.changes.bump();
}
