import { z } from "zod";
import { refuse } from "../answer.ts";
import { limit } from "../argument.ts";
import { method } from "../method.ts";
import { pageOf } from "../page-of.ts";
import { userWire } from "../wire/user-wire.ts";

export const list = method({
  name: "users.list",
  tier: "t2",
  scopes: ["users:read"],
  args: z.object({ cursor: z.string().optional(), limit: limit(1000) }),
  errors: ["invalid_cursor"],
  run({ workspace, bot }, args) {
    const page = pageOf([...workspace.users.values()], { ...args, limit: Math.max(1, args.limit) });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      members: page.page.map((user) => userWire({ workspace, bot }, user)),
      cache_ts: Math.floor(workspace.now() / 1000),
      response_metadata: page.response_metadata,
    };
  },
});
