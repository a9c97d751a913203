import { z } from "zod";
import { refuse } from "./answer.ts";
import { flag, limit, required } from "./argument.ts";
import { method } from "./method.ts";
import { pageOf } from "./paging.ts";
import { profileWire, userWire } from "./wire/user-wire.ts";

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
  missingTeamError: "missing_argument",
  run({ workspace, bot }, args) {
    const all = [...workspace.users.values()].filter(({ isHidden }) => !isHidden);
    if (args.limit === 0 && workspace.limits.hasManyUsers) return refuse("limit_required");
    const total = Math.max(1, all.length);
    const page = pageOf(all, { ...args, limit: args.limit < 1 ? total : args.limit, max: total + 1000 });
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

export const profileGet = method({
  name: "users.profile.get",
  tier: "t4",
  scopes: ["users.profile:read"],
  args: z.object({ user: z.string().optional(), include_labels: flag.optional() }),
  errors: ["user_not_found"],
  run({ workspace, bot }, args) {
    const user = workspace.users.get(args.user || bot.botUserId);
    if (!user || user.isHidden) return refuse("user_not_found");
    const { team: _, ...profile } = profileWire({ workspace, bot }, user);
    // The simulator has no custom fields.
    const empty = { fields: {}, pronouns: "", start_date: "" };
    return { ok: true, profile: { ...profile, ...empty } };
  },
});

export const lookupByEmail = method({
  name: "users.lookupByEmail",
  tier: "t3",
  scopes: ["users:read.email"],
  args: z.object({ email: required }),
  errors: ["enterprise_is_restricted", "users_not_found"],
  run({ workspace, bot }, args) {
    if (bot.target.kind === "organisation" && workspace.limits.hidesEmails)
      return refuse("enterprise_is_restricted");
    const email = args.email.toLowerCase();
    const found = [...workspace.users.values()].find((user) => user.email?.toLowerCase() === email);
    // As in Slack, deactivated accounts can't be looked up by email, but users.info still returns them.
    return found && !found.deleted && !found.isHidden
      ? { ok: true, user: userWire({ workspace, bot }, found) }
      : refuse("users_not_found");
  },
});

/** Always an empty list: the simulator has no user groups. */
export const usergroupsList = method({
  name: "usergroups.list",
  tier: "t2",
  scopes: ["usergroups:read"],
  args: z.object({ team_id: z.string().optional() }),
  errors: ["invalid_team", "missing_argument"],
  missingTeamError: "missing_argument",
  unknownTeamError: "invalid_team",
  run: () => ({ ok: true, usergroups: [] }),
});
