import { z } from "zod";
import { refuse } from "./answer.ts";
import { flag, limit, required } from "./argument.ts";
import { method } from "./method.ts";
import { pageOf } from "./paging.ts";
import { userWire } from "./wire/user-wire.ts";

export const list = method({
  name: "users.list",
  tier: "t2",
  scopes: ["users:read"],
  args: z.object({
    cursor: z.string().optional(),
    limit: limit(0),
    include_locale: flag.optional(),
    team_id: z.string().optional(),
  }),
  errors: ["invalid_cursor", "limit_required", "missing_argument"],
  lacksTeam: "missing_argument",
  run({ workspace, bot }, args) {
    const all = [...workspace.users.values()].filter(({ isHidden }) => !isHidden);
    if (args.limit === 0 && workspace.limits.hasManyUsers) return refuse("limit_required");
    const whole = Math.max(1, all.length);
    const page = pageOf(all, { ...args, limit: args.limit < 1 ? whole : args.limit, most: whole + 1000 });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      members: page.page.map((user) => userWire({ workspace, bot }, user)),
      cache_ts: Math.floor(workspace.now() / 1000),
      response_metadata: page.response_metadata,
    };
  },
});

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

/** There are no user groups here, so the list is empty. */
export const usergroupsList = method({
  name: "usergroups.list",
  tier: "t2",
  scopes: ["usergroups:read"],
  args: z.object({ team_id: z.string().optional() }),
  errors: ["invalid_team", "missing_argument"],
  lacksTeam: "missing_argument",
  unknownTeam: "invalid_team",
  run: () => ({ ok: true, usergroups: [] }),
});
