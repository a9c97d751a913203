import { z } from "zod";
import { checkHome } from "../../block-kit/check.ts";
import { type HomeTab, homeKey } from "../../workspace/view.ts";
import { refuse } from "../answer.ts";
import { required, requiredNested } from "../argument.ts";
import { method } from "../method.ts";
import { homeWire } from "../wire/view-wire.ts";
import { isTaken, largestView, nameBlocks } from "../modal.ts";

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
    if (JSON.stringify(args.view).length > largestView) return refuse("view_too_large");
    const checked = checkHome(args.view);
    if (!checked.ok) return refuse("invalid_arguments", checked.messages);
    const key = homeKey(bot, user.id);
    const before = workspace.homes.get(key);
    if (args.hash && before && args.hash !== before.hash) return refuse("hash_conflict");
    if (isTaken(workspace, checked.value.external_id, before?.id)) return refuse("duplicate_external_id");
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
