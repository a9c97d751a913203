import { z } from "zod";
import { refuse } from "../answer.ts";
import { limit, required } from "../argument.ts";
import { lackingScope } from "../door/authorize.ts";
import { method } from "../method.ts";
import { pageOf } from "../page-of.ts";
import { readScopes } from "./info.ts";
import { reach, scopeFor } from "./reach.ts";

export const members = method({
  name: "conversations.members",
  tier: "t4",
  scopes: readScopes,
  args: z.object({ channel: required, cursor: z.string().optional(), limit: limit(100) }),
  errors: ["channel_not_found", "invalid_cursor", "invalid_limit", "missing_scope"],
  run({ workspace, bot }, args) {
    const channel = reach({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    const scope = scopeFor(channel, "read");
    if (!bot.scopes.has(scope)) return lackingScope(bot, [scope]);
    const page = pageOf([...channel.members], args);
    if (!page.ok) return page;
    return { ok: true, members: page.page, response_metadata: page.response_metadata };
  },
});
