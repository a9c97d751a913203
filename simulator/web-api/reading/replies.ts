import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { found } from "../conversations/found.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { badBound, historyScopes, readable, readingArgs, within } from "../conversations/history.ts";

export const replies = method({
  name: "conversations.replies",
  tier: "t3",
  scopes: historyScopes,
  args: readingArgs.extend({ ts: required }),
  errors: [
    "channel_not_found",
    "invalid_cursor",
    "invalid_metadata_filter_keys",
    "invalid_ts_latest",
    "invalid_ts_oldest",
    "missing_scope",
    "thread_not_found",
  ],
  run({ workspace, bot }, args) {
    const seen = found({ workspace, bot }, args.channel, "history");
    if (!seen.ok) return seen;
    const { channel } = seen;
    const bad = badBound(args);
    if (bad) return refuse(bad);
    const parent = channel.messages.get(args.ts);
    if (!parent || parent.visibleTo) return refuse("thread_not_found");
    const answers = parent.replies.flatMap((ts) => channel.messages.get(ts) ?? []);
    const inWindow = answers.filter((message) => within(args, message));
    const page = pageOf([parent, ...inWindow], { ...args, limit: Math.max(1, args.limit) });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      messages: page.page.map((message) => ({
        ...readable(workspace, message, args),
        // A bot follows no thread.
        ...(message === parent &&
          answers.length > 0 && { is_locked: parent.hold === "locked", subscribed: false }),
      })),
      has_more: page.response_metadata.next_cursor !== "",
      response_metadata: page.response_metadata,
    };
  },
});
