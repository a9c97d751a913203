import { z } from "zod";
import { refuse } from "../answer.ts";
import { pageLimit, required } from "../argument.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { found } from "./found.ts";
import { readScopes } from "./info.ts";

export const members = method({
  name: "conversations.members",
  tier: "t4",
  scopes: readScopes,
  args: z.object({ channel: required, cursor: z.string().optional(), limit: pageLimit }),
  errors: ["channel_not_found", "fetch_members_failed", "invalid_cursor", "invalid_limit", "missing_scope"],
  run(caller, args) {
    const seen = found(caller, args.channel, "read");
    if (!seen.ok) return seen;
    // A channel on its way to another company's organisation can't say who is in it.
    if (seen.channel.limits.isMigrating) return refuse("fetch_members_failed");
    const page = pageOf([...seen.channel.members], args);
    if (!page.ok) return page;
    return { ok: true, members: page.page, response_metadata: page.response_metadata };
  },
});
