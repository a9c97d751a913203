import { announceTo } from "../callbacks/announce.ts";
import type { Simulator } from "../simulator.ts";
import type { App, Place } from "../workspace/app.ts";
import { admitBot, dismissBot, install } from "../workspace/install.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import type { World } from "../workspace/workspace.ts";

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

type Allowed = { place: Place; withheld?: readonly string[]; asked?: readonly string[] };

/** What an app is granted of the scopes it asked for: all but the optional ones that were withheld. */
export const granted = (
  { settings }: App,
  { asked = settings.scopes, withheld = [] }: Omit<Allowed, "place">,
) => asked.filter((scope) => !(settings.optionalScopes.includes(scope) && withheld.includes(scope)));

/** Somebody pressed *Allow*: the app is installed, with what it was granted. */
export function installApp(simulator: Simulator, app: App, { place, ...allowed }: Allowed): Installation {
  const bot = install(simulator.world, app, { place, scopes: granted(app, allowed) });
  simulator.changes.bump();
  return bot;
}

/** Whether the manifest asks for other scopes by now than when the app was installed. */
export function asksAnew({ app, asked }: Installation): boolean {
  const now = new Set(app.settings.scopes);
  return now.size !== asked.size || [...now].some((scope) => !asked.has(scope));
}

/** Whether a person may install an app in a place: an admin may, others once their request was approved. */
export const mayInstall = (app: App, user: User, placeId: string): boolean =>
  user.isAdmin ||
  app.requests.some(
    ({ by, placeId: where, state }) => by === user.id && where === placeId && state === "approved",
  );

/** Where an app may be installed, by the id of a workspace or of an organisation. An organisation lets it into none of its workspaces at first. */
export function placeOf({ workspaces, organisations }: World, id: string): Place | undefined {
  if (workspaces.has(id)) return { kind: "workspace", teamId: id };
  if (organisations.has(id))
    return { kind: "organisation", enterpriseId: id, teams: new Set(), addsFuture: false };
  return undefined;
}
