import { z } from "zod";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { method } from "../method.ts";
import { userWire } from "../wire/user-wire.ts";

export const lookupByEmail = method({
  name: "users.lookupByEmail",
  tier: "t3",
  scopes: ["users:read.email"],
  args: z.object({ email: required }),
  errors: ["enterprise_is_restricted", "users_not_found"],
  run({ workspace, bot }, args) {
    if (bot.place.kind === "organisation" && workspace.limits.hidesEmails)
      return refuse("enterprise_is_restricted");
    const email = args.email.toLowerCase();
    const found = [...workspace.users.values()].find((user) => user.email?.toLowerCase() === email);
    // Deactivated accounts can't be looked up, though users.info still knows them.
    return found && !found.deleted && !found.isHidden
      ? { ok: true, user: userWire({ workspace, bot }, found) }
      : refuse("users_not_found");
  },
});
