import { z } from "zod";
import type { Message } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";
import { flag, limit, nested, required } from "../argument.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { messageWire } from "../wire/message-wire.ts";
import { found } from "./find-conversation.ts";

/** Any of these opens the methods that read messages; each kind of conversation asks for its own. */
const historyScopes = ["groups:history", "im:history", "mpim:history", "channels:history"] as const;

const ts = z.string().regex(/^\d+(\.\d+)?$/);

const readingArgs = z.object({
  channel: required,
  cursor: z.string().optional(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
  metadata_keys_to_include: nested,
  limit: limit(100),
});

type Window = z.output<typeof readingArgs>;

/** Whether a message shows in the channel itself: a reply only when it was sent there, too. */
const isInChannel = ({ threadTs, subtype }: Message): boolean => !threadTs || subtype === "thread_broadcast";

const keys = z.array(z.string());

/** Which bound of the window isn't a time, or what else isn't understood, as Slack names it. */
const badBound = ({ oldest, latest, metadata_keys_to_include: wanted }: Window) => {
  if (wanted && !keys.safeParse(wanted).success) return "invalid_metadata_filter_keys";
  if (oldest && !ts.safeParse(oldest).success) return "invalid_ts_oldest";
  if (latest && !ts.safeParse(latest).success) return "invalid_ts_latest";
  return undefined;
};

/** Whether a message lies in the window; its ends count only when `inclusive`. */
function within({ oldest, latest, inclusive }: Window, message: Message): boolean {
  const at = Number(message.ts);
  const after = !oldest || at > Number(oldest) || (inclusive === true && at === Number(oldest));
  const before = !latest || at < Number(latest) || (inclusive === true && at === Number(latest));
  return after && before;
}

/** A message with its metadata: all of it when asked for, else only what kind it is. */
function readable(workspace: Workspace, message: Message, asked: Window) {
  return { ...messageWire(workspace, message), ...metadataOf(message, asked) };
}

function metadataOf({ metadata }: Message, { include_all_metadata, metadata_keys_to_include }: Window) {
  if (!metadata) return {};
  const { event_type, event_payload } = metadata;
  const wanted = keys.safeParse(metadata_keys_to_include);
  if (wanted.success) {
    const kept = Object.entries(event_payload).filter(([key]) => wanted.data.includes(key));
    return { metadata: { event_type, event_payload: Object.fromEntries(kept) } };
  }
  return { metadata: include_all_metadata ? metadata : { event_type } };
}

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
