import { refuse } from "../answer.ts";
import { reach, scopeFor } from "../conversations/reach.ts";
import { lackingScope } from "../door/authorize.ts";
import { method } from "../method.ts";
import { pageOf } from "../page-of.ts";
import { badBound, historyScopes, readable, readingArgs, within } from "./window.ts";

export const history = method({
  name: "conversations.history",
  tier: "t3",
  scopes: historyScopes,
  args: readingArgs,
  errors: [
    "channel_not_found",
    "invalid_cursor",
    "invalid_ts_latest",
    "invalid_ts_oldest",
    "missing_scope",
    "not_in_channel",
  ],
  run({ workspace, bot }, args) {
    const channel = reach({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    const scope = scopeFor(channel, "history");
    if (!bot.scopes.has(scope)) return lackingScope(bot, [scope]);
    if (!channel.members.has(bot.botUserId)) return refuse("not_in_channel");
    const bad = badBound(args);
    if (bad) return refuse(bad);
    const found = [...channel.messages.values()].filter(
      (message) => !message.threadTs && !message.visibleTo && within(args, message),
    );
    const page = pageOf(found.reverse(), { ...args, limit: Math.max(1, args.limit) });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      messages: page.page.map((message) => readable(workspace, message, args)),
      has_more: page.response_metadata.next_cursor !== "",
      pin_count: 0,
      channel_actions_ts: null,
      channel_actions_count: 0,
      response_metadata: page.response_metadata,
    };
  },
});
