import { z } from "zod";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { method } from "../method.ts";
import { userWire } from "../wire/user-wire.ts";

export const info = method({
  name: "users.info",
  tier: "t4",
  scopes: ["users:read"],
  args: z.object({ user: required }),
  errors: ["user_not_found"],
  run({ workspace, bot }, args) {
    const user = workspace.users.get(args.user);
    return user ? { ok: true, user: userWire({ workspace, bot }, user) } : refuse("user_not_found");
  },
});
