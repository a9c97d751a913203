import { z } from "zod";
import { refuse } from "../answer.ts";
import { requiredNested } from "../argument.ts";
import { method } from "../method.ts";
import { viewWire } from "../wire/view-wire.ts";
import { findView, readModal, replaceView } from "../modal.ts";

export const update = method({
  name: "views.update",
  tier: "t4",
  scopes: [],
  args: z.object({
    view: requiredNested,
    view_id: z.string().optional(),
    external_id: z.string().optional(),
    hash: z.string().optional(),
  }),
  errors: ["duplicate_external_id", "hash_conflict", "invalid_arguments", "not_found", "view_too_large"],
  run({ workspace, bot }, args) {
    const view = findView(workspace, { id: args.view_id, externalId: args.external_id });
    if (!view || view.installation !== bot) return refuse("not_found");
    if (args.hash && args.hash !== view.hash) return refuse("hash_conflict");
    const read = readModal(workspace, args.view, view);
    if (!read.ok) return read;
    replaceView(workspace, view, read.modal);
    return { ok: true, view: viewWire(workspace, view) };
  },
});
