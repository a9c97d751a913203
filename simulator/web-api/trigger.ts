import { z } from "zod";
import type { Trigger, Workspace } from "../workspace/workspace.ts";
import { refuse } from "./answer.ts";
import type { BotContext } from "./caller.ts";

/** Issues a `trigger_id` for an interaction of `user`; `viewId` is set if it happened in a dialog. */
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

/** The arguments that open a view; the two are synonyms. */
export const triggerArgs = {
  trigger_id: z.string().optional(),
  interactivity_pointer: z.string().optional(),
};

type TriggerArgs = z.output<z.ZodObject<typeof triggerArgs>>;

/** Uses up a `trigger_id`, which works once and for as long as an app may take to answer. Returns the trigger or a refusal. */
export function consumeTrigger(
  { workspace, bot }: BotContext,
  { trigger_id, interactivity_pointer }: TriggerArgs,
) {
  const id = trigger_id || interactivity_pointer;
  if (!id) return refuse("invalid_arguments", ["invalid `trigger_id`"]);
  const trigger = workspace.triggers.get(id);
  if (trigger?.installation !== bot) return refuse("invalid_trigger_id");
  if (trigger.used) return refuse("exchanged_trigger_id");
  if (workspace.now() - trigger.issuedAt > workspace.world.patienceMs) return refuse("expired_trigger_id");
  trigger.used = true;
  return { ok: true as const, trigger };
}
