import { z } from "zod";
import type { Message } from "../../workspace/message.ts";
import { refuse } from "../answer.ts";
import { flag, limit, nested, required } from "../argument.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { messageWire, type Place } from "../wire/message-wire.ts";
import { findReadable } from "./find-conversation.ts";

/** Any of these scopes allows the call; each kind of conversation requires its own. */
const historyScopes = ["groups:history", "im:history", "mpim:history", "channels:history"] as const;

const ts = z.string().regex(/^\d+(\.\d+)?$/);

const historyArgs = z.object({
  channel: required,
  cursor: z.string().optional(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
  metadata_keys_to_include: nested,
  limit: limit(100),
});

type Window = z.output<typeof historyArgs>;

/** Whether a message appears in the channel itself; a reply does only if it was also sent to the channel. */
const isInChannel = ({ threadTs, subtype }: Message): boolean => !threadTs || subtype === "thread_broadcast";

const keys = z.array(z.string());

/** The error for an invalid bound or metadata filter. */
const windowError = ({ oldest, latest, metadata_keys_to_include: wanted }: Window) => {
  if (wanted && !keys.safeParse(wanted).success) return "invalid_metadata_filter_keys";
  if (oldest && !ts.safeParse(oldest).success) return "invalid_ts_oldest";
  if (latest && !ts.safeParse(latest).success) return "invalid_ts_latest";
  return undefined;
};

/** Whether a message is in the window; the bounds count only if `inclusive`. */
function isInWindow({ oldest, latest, inclusive }: Window, message: Message): boolean {
  const at = Number(message.ts);
  const after = !oldest || at > Number(oldest) || (inclusive === true && at === Number(oldest));
  const before = !latest || at < Number(latest) || (inclusive === true && at === Number(latest));
  return after && before;
}

/** A message in Slack's format with its metadata: the whole if requested, otherwise only the event type. */
function messageWithMetadata(place: Place, message: Message, args: Window) {
  return { ...messageWire(place, message), ...metadataOf(message, args) };
}

function metadataOf({ metadata }: Message, { include_all_metadata, metadata_keys_to_include }: Window) {
  if (!metadata) return {};
  const { event_type, event_payload } = metadata;
  const wanted = keys.safeParse(metadata_keys_to_include);
  if (wanted.success) {
    const selected = Object.entries(event_payload).filter(([key]) => wanted.data.includes(key));
    return { metadata: { event_type, event_payload: Object.fromEntries(selected) } };
  }
  return { metadata: include_all_metadata ? metadata : { event_type } };
}

export const history = method({
  name: "conversations.history",
  tier: "t3",
  scopes: historyScopes,
  args: historyArgs,
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
    const found = findReadable({ workspace, bot }, args.channel, "history");
    if (!found.ok) return found;
    const { channel } = found;
    if (channel.limits.isLimitedAccess) return refuse("channel_is_limited_access");
    if (!channel.members.has(bot.botUserId)) return refuse("not_in_channel");
    const error = windowError(args);
    if (error) return refuse(error);
    const inWindow = [...channel.messages.values()].filter(
      (message) => isInChannel(message) && !message.visibleTo && isInWindow(args, message),
    );
    const page = pageOf(inWindow.reverse(), { ...args, limit: Math.max(1, args.limit) });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      ...(args.latest && { latest: args.latest }),
      messages: page.page.map((message) => messageWithMetadata({ workspace, channel }, message, args)),
      has_more: page.response_metadata.next_cursor !== "",
      pin_count: channel.pins.size,
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
  args: historyArgs.extend({ ts: required }),
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
    const found = findReadable({ workspace, bot }, args.channel, "history");
    if (!found.ok) return found;
    const { channel } = found;
    const error = windowError(args);
    if (error) return refuse(error);
    const parent = channel.messages.get(args.ts);
    if (!parent || parent.visibleTo) return refuse("thread_not_found");
    const answers = parent.replies.flatMap(({ ts }) => channel.messages.get(ts) ?? []);
    const inWindow = answers.filter((message) => isInWindow(args, message));
    const page = pageOf([parent, ...inWindow], { ...args, limit: Math.max(1, args.limit) });
    if (!page.ok) return refuse("invalid_cursor");
    return {
      ok: true,
      messages: page.page.map((message) => messageWithMetadata({ workspace, channel }, message, args)),
      has_more: page.response_metadata.next_cursor !== "",
      response_metadata: page.response_metadata,
    };
  },
});
