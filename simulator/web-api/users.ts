import { z } from "zod";
import { refuse } from "./answer.ts";
import { flag, limit } from "./argument.ts";
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
