import { z } from "zod";
import type { Trigger, Workspace } from "../workspace/workspace.ts";
import { refuse } from "./answer.ts";
import type { Seen } from "./caller.ts";

/** How long a trigger_id can be used, in milliseconds. */
export const triggerLife = 3000;

/** Hands out a trigger_id for what `user` just did; `viewId` when it was done in a dialog. */
export function issueTrigger(
  workspace: Workspace,
  { installation, user, viewId }: Pick<Trigger, "installation" | "user"> & { viewId?: string },
): string {
  for (const [id, { issuedAt }] of workspace.triggers)
    if (workspace.now() - issuedAt > 60_000) workspace.triggers.delete(id);
  const id = `${workspace.makeTs()}.${installation.app.id}${workspace.team.id}`.toLowerCase();
  workspace.triggers.set(id, { installation, user, issuedAt: workspace.now(), used: false, viewId });
  return id;
}

/** What views are opened with; both names are one. */
export const triggerArgs = {
  trigger_id: z.string().optional(),
  interactivity_pointer: z.string().optional(),
};

type Given = z.output<z.ZodObject<typeof triggerArgs>>;

/** Uses a trigger_id up. It works once, and for three seconds. */
export function spendTrigger({ workspace, bot }: Seen, { trigger_id, interactivity_pointer }: Given) {
  const id = trigger_id || interactivity_pointer;
  if (!id) return refuse("invalid_arguments", ["invalid `trigger_id`"]);
  const trigger = workspace.triggers.get(id);
  if (trigger?.installation !== bot) return refuse("invalid_trigger_id");
  if (trigger.used) return refuse("exchanged_trigger_id");
  if (workspace.now() - trigger.issuedAt > triggerLife) return refuse("expired_trigger_id");
  trigger.used = true;
  return { ok: true as const, trigger };
}
