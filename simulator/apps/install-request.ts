import type { Simulator } from "../simulator.ts";
import type { App, InstallRequest } from "../workspace/app.ts";
import type { Workspace, World } from "../workspace/workspace.ts";

const inform = (simulator: Simulator, { notices }: Workspace, user: string, text: string) => {
  notices.push({ at: simulator.world.now(), user, text, channel: undefined });
  simulator.changes.bump();
};

/** The workspace whose people hear of a request: its own, or the first of an organisation. */
function workspaceOf({ workspaces, organisations }: World, placeId: string): Workspace | undefined {
  const [first = ""] = organisations.get(placeId)?.teams ?? [];
  return workspaces.get(placeId) ?? workspaces.get(first);
}

type Given = Pick<InstallRequest, "by" | "placeId" | "message">;

/** Somebody asks the admins to approve an app. They read so in Slack. */
export function requestInstall(simulator: Simulator, app: App, given: Given): void {
  app.requests.push({ ...given, id: simulator.world.makeId("Ar"), state: "waiting" });
  const workspace = workspaceOf(simulator.world, given.placeId);
  const name = workspace?.users.get(given.by)?.realName ?? given.by;
  for (const { id, isAdmin } of workspace?.users.values() ?? [])
    if (workspace && isAdmin) inform(simulator, workspace, id, `${name} asks you to approve ${app.name}.`);
}

/** An admin approves or denies a request. Whoever asked reads so in Slack. */
export function decideRequest(
  simulator: Simulator,
  app: App,
  { request, state }: { request: InstallRequest; state: "approved" | "denied" },
): void {
  request.state = state;
  const workspace = workspaceOf(simulator.world, request.placeId);
  if (workspace)
    inform(simulator, workspace, request.by, `Your request to install ${app.name} was ${state}.`);
}
