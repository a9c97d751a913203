import type { Scene, Simulator } from "../../simulator.ts";
import type { Place } from "../../workspace/place.ts";

/** The workspace in which something about an installation happens: its own, or one that its organisation has. */
export function sceneOf(simulator: Simulator, place: Place): Scene {
  const { workspaces, organisations } = simulator.world;
  const [teamId = ""] =
    place.kind === "workspace"
      ? [place.teamId]
      : [...place.teams, ...(organisations.get(place.enterpriseId)?.teams ?? [])];
  const workspace = workspaces.get(teamId);
  if (!workspace) throw new Error(`An app is installed in ${teamId}, which is no workspace`);
  return { ...simulator, workspace };
}
