import { z } from "zod";
import { requiredNested } from "../argument.ts";
import { method } from "../method.ts";
import { viewWire } from "../wire/view-wire.ts";
import { pushView, readModal } from "../modal.ts";
import { spendTrigger, triggerArgs } from "../trigger.ts";

export const open = method({
  name: "views.open",
  tier: "t4",
  scopes: [],
  args: z.object({ view: requiredNested, ...triggerArgs }),
  errors: [
    "duplicate_external_id",
    "exchanged_trigger_id",
    "expired_trigger_id",
    "invalid_arguments",
    "invalid_trigger_id",
    "view_too_large",
  ],
  run({ workspace, bot }, args) {
    const read = readModal(workspace, args.view);
    if (!read.ok) return read;
    const spent = spendTrigger({ workspace, bot }, args);
    if (!spent.ok) return spent;
    workspace.views.set(spent.trigger.user, []);
    const view = pushView(workspace, { installation: bot, user: spent.trigger.user, modal: read.modal });
    return { ok: true, view: viewWire(workspace, view) };
  },
});
