import { z } from "zod";
import { refuse } from "./answer.ts";
import { requiredNested } from "./argument.ts";
import { method } from "./method.ts";
import { viewWire } from "./wire/view-wire.ts";
import { pushView, readModal } from "./modal.ts";
import { spendTrigger, triggerArgs } from "./trigger.ts";

/** A dialog may stand on two others, not on more. */
export const deepest = 3;

export const push = method({
  name: "views.push",
  tier: "t4",
  scopes: [],
  args: z.object({ view: requiredNested, ...triggerArgs }),
  errors: [
    "duplicate_external_id",
    "exchanged_trigger_id",
    "expired_trigger_id",
    "invalid_arguments",
    "invalid_trigger_id",
    "not_found",
    "push_limit_reached",
    "view_too_large",
  ],
  run({ workspace, bot }, args) {
    const read = readModal(workspace, args.view);
    if (!read.ok) return read;
    const spent = spendTrigger({ workspace, bot }, args);
    if (!spent.ok) return spent;
    const open = workspace.views.get(spent.trigger.user) ?? [];
    if (open.length === 0) return refuse("not_found");
    if (open.length >= deepest) return refuse("push_limit_reached");
    const view = pushView(workspace, { installation: bot, user: spent.trigger.user, modal: read.modal });
    return { ok: true, view: viewWire(workspace, view) };
  },
});
