import { refuse } from "../answer.ts";
import { found } from "../conversations/found.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { badBound, historyScopes, isInChannel, readable, readingArgs, within } from "../conversations/history.ts";

export const history = method({
  name: "conversations.history",
  tier: "t3",
  scopes: historyScopes,
  args: readingArgs,
  errors: [
    "channel_is_limited_access",
    "channel_not_found",
    "invalid_cursor",
    "invalid_metadata_filter_keys",
    "invalid_ts_latest",
    "invalid_ts_oldest",
    "missing_scope",
    "not_in_channel",
  ],
  run({ workspace, bot }, args) {
    const seen = found({ workspace, bot }, args.channel, "history");
    if (!seen.ok) return seen;
    const { channel } = seen;
    if (channel.limits.isLimitedAccess) return refuse("channel_is_limited_access");
    if (!channel.members.has(bot.botUserId)) return refuse("not_in_channel");
    const bad = badBound(args);
    if (bad) return refuse(bad);
    const inWindow = [...channel.messages.values()].filter(
      (message) => isInChannel(message) && !message.visibleTo && within(args, message),
    );
    const page = pageOf(inWindow.reverse(), { ...args, limit: Math.max(1, args.limit) });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      ...(args.latest && { latest: args.latest }),
      messages: page.page.map((message) => readable(workspace, message, args)),
      has_more: page.response_metadata.next_cursor !== "",
      pin_count: 0,
      channel_actions_ts: null,
      channel_actions_count: 0,
      response_metadata: page.response_metadata,
    };
  },
});
