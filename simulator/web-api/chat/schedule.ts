import { z } from "zod";
import { makeMessage } from "../../workspace/message.ts";
import type { ScheduledMessage } from "../../workspace/scheduled-message.ts";
import { refuse } from "../answer.ts";
import { pageLimit, required } from "../argument.ts";
import type { BotContext, Caller } from "../caller.ts";
import { findVisible } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { writtenMessageWire } from "../wire/message-wire.ts";
import { findTarget, postArgs, readPost } from "./post.ts";

// Times are in seconds since 1970, as in Slack's arguments.
const maxAheadS = 120 * 24 * 3600;

/** At most `maxInWindow` messages may be due in a channel in one window. */
const windowS = 300;
const maxInWindow = 30;

/** A message that is due within this time can no longer be deleted. */
const lockedS = 60;

const nowS = ({ workspace }: BotContext) => workspace.now() / 1000;

const args = postArgs.extend({ post_at: z.union([z.string().min(1), z.number()]) });
type ScheduleArgs = z.output<typeof args>;

/** Checks when a message is to be posted. Returns the time, or Slack's error. */
function readTime(context: BotContext, given: ScheduleArgs["post_at"]) {
  const postAt = Number(given);
  if (!Number.isInteger(postAt)) return refuse("invalid_time");
  if (postAt <= nowS(context)) return refuse("time_in_past");
  return postAt > nowS(context) + maxAheadS ? refuse("time_too_far") : { ok: true as const, postAt };
}

type TargetError = Extract<ReturnType<typeof findTarget>, { ok: false }>["error"];

/** Maps to the errors of this method, which has fewer codes than chat.postMessage. */
function refuseTarget(error: TargetError) {
  switch (error) {
    case "app_access_restricted":
    case "ekm_access_denied":
    case "messages_tab_disabled":
    case "no_permission":
    case "restricted_action_thread_locked":
      return refuse("restricted_action");
    case "team_not_found":
      return refuse("channel_not_found");
    case "cannot_reply_to_message":
      return refuse("invalid_arguments", ["[ERROR] invalid value [json-pointer:/thread_ts]"]);
    default:
      return refuse(error);
  }
}

function readContent(caller: Caller, given: ScheduleArgs, parent: Parameters<typeof readPost>[2]) {
  const read = readPost(caller, given, parent);
  if (read.ok) return read;
  switch (read.error) {
    case "attachment_payload_limit_exceeded":
    case "msg_blocks_too_long":
      return refuse("msg_too_long");
    default:
      return { ...read, error: read.error };
  }
}

/** A scheduled message in Slack's format: it has no `ts` yet. */
function delayedWire({ workspace, bot }: BotContext, { channel, content }: ScheduledMessage) {
  const message = makeMessage({ user: bot.botUserId, botId: bot.botId, ts: "", ...content });
  const { ts: _, ...wire } = writtenMessageWire({ workspace, channel }, message);
  return { ...wire, type: "delayed_message" };
}

export const schedule = method({
  name: "chat.scheduleMessage",
  tier: "t3",
  scopes: ["chat:write"],
  args,
  errors: [
    "channel_not_found",
    "invalid_arguments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "invalid_time",
    "is_archived",
    "markdown_text_conflict",
    "message_limit_exceeded",
    "metadata_too_large",
    "msg_too_long",
    "no_text",
    "not_in_channel",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "restricted_too_many",
    "time_in_past",
    "time_too_far",
    "too_many_attachments",
  ],
  run(caller, given) {
    const { workspace, bot } = caller;
    const time = readTime(caller, given.post_at);
    if (!time.ok) return time;
    const target = findTarget(caller, given);
    if (!target.ok) return refuseTarget(target.error);
    const { channel } = target;
    const read = readContent(caller, given, target.parent);
    if (!read.ok) return read;
    const { postAt } = time;
    const windowOf = (at: number) => Math.floor(at / windowS);
    const others = [...workspace.scheduled.values()].filter(
      (one) => one.channel === channel && windowOf(one.postAt) === windowOf(postAt),
    );
    if (others.length >= maxInWindow) return refuse("restricted_too_many");
    const message: ScheduledMessage = {
      id: workspace.makeId("Q"),
      installation: bot,
      channel,
      postAt,
      createdAt: Math.floor(nowS(caller)),
      content: read.content,
    };
    workspace.scheduled.set(message.id, message);
    return {
      ok: true,
      channel: channel.id,
      scheduled_message_id: message.id,
      post_at: postAt,
      message: delayedWire(caller, message),
    };
  },
});

export const deleteScheduled = method({
  name: "chat.deleteScheduledMessage",
  tier: "t3",
  scopes: ["chat:write"],
  args: z.object({ channel: required, scheduled_message_id: required }),
  errors: ["channel_not_found", "invalid_scheduled_message_id"],
  run({ workspace, bot }, { channel: channelId, scheduled_message_id: id }) {
    const channel = findVisible({ workspace, bot }, channelId);
    if (!channel) return refuse("channel_not_found");
    const found = workspace.scheduled.get(id);
    const isOwn = found?.installation.app === bot.app && found.channel === channel;
    if (!isOwn || found.postAt < nowS({ workspace, bot }) + lockedS)
      return refuse("invalid_scheduled_message_id");
    workspace.scheduled.delete(id);
    return { ok: true };
  },
});

export const listScheduled = method({
  name: "chat.scheduledMessages.list",
  tier: "t3",
  scopes: [],
  args: z.object({
    channel: z.string().optional(),
    cursor: z.string().optional(),
    latest: z.coerce.number().optional(),
    oldest: z.coerce.number().optional(),
    limit: pageLimit,
    team_id: z.string().optional(),
  }),
  errors: ["invalid_arguments", "invalid_channel", "invalid_cursor"],
  run({ workspace, bot }, { channel: id, oldest = 0, latest = Number.POSITIVE_INFINITY, ...paging }) {
    const channel = id ? findVisible({ workspace, bot }, id) : undefined;
    if (id && !channel) return refuse("invalid_channel");
    const all = [...workspace.scheduled.values()]
      .filter(({ installation: { app } }) => app === bot.app)
      .filter((one) => !channel || one.channel === channel)
      .filter(({ postAt }) => postAt >= oldest && postAt <= latest)
      .sort((a, b) => a.postAt - b.postAt);
    const page = pageOf(all, paging);
    if (!page.ok) return refuse(page.error === "invalid_cursor" ? "invalid_cursor" : "invalid_arguments");
    return {
      ok: true,
      scheduled_messages: page.page.map(
        ({ id: scheduledId, channel: target, postAt, createdAt, content }) => ({
          id: scheduledId,
          channel_id: target.id,
          post_at: postAt,
          date_created: createdAt,
          text: content.text,
        }),
      ),
      response_metadata: page.response_metadata,
    };
  },
});
