import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { reach, scopeFor } from "../conversations/reach.ts";
import { lackingScope } from "../door/authorize.ts";
import { method } from "../method.ts";
import { pageOf } from "../page-of.ts";
import { badBound, historyScopes, readable, readingArgs, within } from "./window.ts";

export const replies = method({
  name: "conversations.replies",
  tier: "t3",
  scopes: historyScopes,
  args: readingArgs.extend({ ts: required }),
  errors: [
    "channel_not_found",
    "invalid_cursor",
    "invalid_ts_latest",
    "invalid_ts_oldest",
    "missing_scope",
    "thread_not_found",
  ],
  run({ workspace, bot }, args) {
    const channel = reach({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    const scope = scopeFor(channel, "history");
    if (!bot.scopes.has(scope)) return lackingScope(bot, [scope]);
    const bad = badBound(args);
    if (bad) return refuse(bad);
    const parent = channel.messages.get(args.ts);
    if (!parent || parent.visibleTo) return refuse("thread_not_found");
    const answers = parent.replies.flatMap((ts) => channel.messages.get(ts) ?? []);
    const found = answers.filter((message) => within(args, message));
    const page = pageOf([parent, ...found], { ...args, limit: Math.max(1, args.limit) });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      messages: page.page.map((message) => readable(workspace, message, args)),
      has_more: page.response_metadata.next_cursor !== "",
      response_metadata: page.response_metadata,
    };
  },
});
