import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";

/** How long a trigger_id can be used, in milliseconds. */
export const triggerLife = 3000;

/** Hands out a trigger_id for what `user` just did; `viewId` when it was done in a dialog. */
export function issueTrigger(workspace: Workspace, user: string, viewId?: string): string {
  for (const [id, { issuedAt }] of workspace.triggers)
    if (workspace.now() - issuedAt > 60_000) workspace.triggers.delete(id);
  const { app, team } = workspace;
  const id = `${workspace.makeTs()}.${app.id}${team.id}`.toLowerCase();
  workspace.triggers.set(id, { user, issuedAt: workspace.now(), used: false, viewId });
  return id;
}

/** Uses a trigger_id up. It works once, and for three seconds. */
export function spendTrigger(workspace: Workspace, id: string) {
  const trigger = workspace.triggers.get(id);
  if (!trigger) return refuse("invalid_trigger_id");
  if (trigger.used) return refuse("exchanged_trigger_id");
  if (workspace.now() - trigger.issuedAt > triggerLife) return refuse("expired_trigger_id");
  trigger.used = true;
  return { ok: true as const, trigger };
}
