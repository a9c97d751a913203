import type { Simulator } from "../simulator.ts";
import type { App, InstallRequest } from "../workspace/app.ts";
import type { Workspace, World } from "../workspace/workspace.ts";

const notify = (simulator: Simulator, { notices }: Workspace, user: string, text: string) => {
  notices.push({ at: simulator.world.now(), user, text, channel: undefined });
  simulator.changeFeed.bump();
};

/** The workspace whose people are notified of a request: its own, or the first one of the organisation. */
function workspaceOf({ workspaces, organisations }: World, targetId: string): Workspace | undefined {
  const [first = ""] = organisations.get(targetId)?.teams ?? [];
  return workspaces.get(targetId) ?? workspaces.get(first);
}

type NewRequest = Pick<InstallRequest, "by" | "targetId" | "message">;

/** Asks the admins to approve an app. They see the request in Slack. */
export function requestInstall(simulator: Simulator, app: App, given: NewRequest): void {
  app.requests.push({ ...given, id: simulator.world.makeId("Ar"), state: "waiting" });
  const workspace = workspaceOf(simulator.world, given.targetId);
  const name = workspace?.users.get(given.by)?.realName ?? given.by;
  for (const { id, isAdmin } of workspace?.users.values() ?? [])
    if (workspace && isAdmin) notify(simulator, workspace, id, `${name} asks you to approve ${app.name}.`);
}

/** Approves or denies a request. The person who asked sees the decision in Slack. */
export function decideRequest(
  simulator: Simulator,
  app: App,
  { request, state }: { request: InstallRequest; state: "approved" | "denied" },
): void {
  request.state = state;
  const workspace = workspaceOf(simulator.world, request.targetId);
  if (workspace)
    notify(simulator, workspace, request.by, `Your request to install ${app.name} was ${state}.`);
}
