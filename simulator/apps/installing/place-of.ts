import type { Place } from "../../workspace/place.ts";
import type { World } from "../../workspace/workspace.ts";

/** Where an app may be installed, by the id of a workspace or of an organisation. An organisation lets it into none of its workspaces at first. */
export function placeOf({ workspaces, organisations }: World, id: string): Place | undefined {
  if (workspaces.has(id)) return { kind: "workspace", teamId: id };
  if (organisations.has(id))
    return { kind: "organisation", enterpriseId: id, teams: new Set(), addsFuture: false };
  return undefined;
}
