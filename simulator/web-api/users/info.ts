import { z } from "zod";
import { refuse } from "../answer.ts";
import { flag, required } from "../argument.ts";
import { method } from "../method.ts";
import { userWire } from "../wire/user-wire.ts";

export const info = method({
  name: "users.info",
  tier: "t4",
  scopes: ["users:read"],
  args: z.object({ user: required, include_locale: flag.optional() }),
  errors: ["user_not_found", "user_not_visible"],
  run({ workspace, bot }, args) {
    const user = workspace.users.get(args.user);
    if (!user) return refuse("user_not_found");
    if (user.isHidden) return refuse("user_not_visible");
    const locale = args.include_locale ? { locale: "en-US" } : {};
    return { ok: true, user: { ...userWire({ workspace, bot }, user), ...locale } };
  },
});
