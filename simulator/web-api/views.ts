import { z } from "zod";
import { checkHome } from "../block-kit/check.ts";
import { type HomeTab, homeKey } from "../workspace/view.ts";
import { refuse } from "./answer.ts";
import { required, requiredNested } from "./argument.ts";
import { method } from "./method.ts";
import {
  findView,
  isExternalIdTaken,
  maxViewLength,
  nameBlocks,
  pushView,
  readModal,
  replaceView,
} from "./modal.ts";
import { consumeTrigger, triggerArgs } from "./trigger.ts";
import { homeWire, viewWire } from "./wire/view-wire.ts";

/** The maximum number of stacked dialogs. */
export const maxStackedViews = 3;

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
    const used = consumeTrigger({ workspace, bot }, args);
    if (!used.ok) return used;
    const open = workspace.views.get(used.trigger.user) ?? [];
    if (open.length === 0) return refuse("not_found");
    if (open.length >= maxStackedViews) return refuse("push_limit_reached");
    const view = pushView(workspace, { installation: bot, user: used.trigger.user, modal: read.modal });
    return { ok: true, view: viewWire(workspace, view) };
  },
});

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
    const used = consumeTrigger({ workspace, bot }, args);
    if (!used.ok) return used;
    workspace.views.set(used.trigger.user, []);
    const view = pushView(workspace, { installation: bot, user: used.trigger.user, modal: read.modal });
    return { ok: true, view: viewWire(workspace, view) };
  },
});

export const publish = method({
  name: "views.publish",
  tier: "t4",
  scopes: [],
  args: z.object({ user_id: required, view: requiredNested, hash: z.string().optional() }),
  errors: ["duplicate_external_id", "hash_conflict", "invalid_arguments", "not_enabled", "view_too_large"],
  run({ workspace, bot }, args) {
    if (!bot.app.settings.homeTab) return refuse("not_enabled");
    const user = workspace.users.get(args.user_id);
    if (!user || user.deleted) return refuse("invalid_arguments", ["invalid `user_id`"]);
    if (JSON.stringify(args.view).length > maxViewLength) return refuse("view_too_large");
    const checked = checkHome(args.view);
    if (!checked.ok) return refuse("invalid_arguments", checked.messages);
    const key = homeKey(bot, user.id);
    const before = workspace.homes.get(key);
    if (args.hash && before && args.hash !== before.hash) return refuse("hash_conflict");
    if (isExternalIdTaken(workspace, checked.value.external_id, before?.id))
      return refuse("duplicate_external_id");
    nameBlocks(workspace, checked.value.blocks);
    const tab: HomeTab = {
      id: before?.id ?? workspace.makeId("V"),
      installation: bot,
      hash: workspace.makeTs(),
      home: checked.value,
    };
    workspace.homes.set(key, tab);
    return { ok: true, view: homeWire(workspace, tab) };
  },
});

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
