import { z } from "zod";
import { fileWire, type NewFile, shareFiles } from "../../changes/files.ts";
import type { Channel } from "../../workspace/channel.ts";
import { refuse } from "../answer.ts";
import { list, nested, requiredNested } from "../argument.ts";
import type { Caller } from "../caller.ts";
import { readContent } from "../chat/message-content.ts";
import { refusePosting, threadOf } from "../chat/posting-permission.ts";
import { findVisible } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";

const args = z.object({
  files: requiredNested,
  channel_id: z.string().optional(),
  channels: list.optional(),
  thread_ts: z.string().optional(),
  initial_comment: z.string().optional(),
  blocks: nested,
});
type CompleteArgs = z.output<typeof args>;

const given = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

/** The announced files of a call whose content has arrived, or Slack's error. */
function readFiles({ workspace, bot }: Caller, { files }: CompleteArgs) {
  const parsed = given.safeParse(files);
  if (!parsed.success) return refuse("invalid_arguments", ["[ERROR] invalid value [json-pointer:/files]"]);
  const found: NewFile[] = [];
  for (const { id, title } of parsed.data) {
    const upload = workspace.uploads.get(id);
    if (!upload?.isReceived) return refuse("file_not_found");
    if (upload.installation !== bot) return refuse("access_denied");
    found.push({ id, name: upload.name, size: upload.size, ...(title && { title }) });
  }
  return { ok: true as const, files: found };
}

/** Where the files go: the channels and, in a single one, the thread. */
function readTargets({ workspace, bot }: Caller, { channel_id, channels = [], thread_ts }: CompleteArgs) {
  const ids = channel_id ? [channel_id] : channels.filter((id) => id !== "");
  if (ids.length > 100) return refuse("channels_limit_exceeded");
  const found: Channel[] = [];
  for (const id of ids) {
    const channel = findVisible({ workspace, bot }, id);
    if (!channel) return refuse(channel_id ? "channel_not_found" : "invalid_channel");
    const refusal = refusePosting({ workspace, bot }, channel, { isReply: Boolean(thread_ts) });
    if (refusal)
      return refuse(refusal.error === "not_in_channel" ? "not_in_channel" : "posting_to_channel_denied");
    if (!threadOf(channel, thread_ts).ok)
      return refuse("invalid_arguments", ["[ERROR] invalid value [json-pointer:/thread_ts]"]);
    found.push(channel);
  }
  return { ok: true as const, channels: found };
}

/** The message beside the files: a text, or blocks without one. */
function readComment({ workspace }: Caller, { initial_comment: text = "", blocks }: CompleteArgs) {
  if (text || !blocks) return { ok: true as const, text, blocks: undefined };
  const read = readContent(workspace, { blocks });
  return read.ok ? { ok: true as const, text, blocks: read.blocks } : refuse("invalid_blocks");
}

export const completeUpload = method({
  name: "files.completeUploadExternal",
  tier: "t4",
  scopes: ["files:write"],
  args,
  errors: [
    "access_denied",
    "channel_not_found",
    "channels_limit_exceeded",
    "file_not_found",
    "invalid_arguments",
    "invalid_blocks",
    "invalid_channel",
    "not_in_channel",
    "posting_to_channel_denied",
  ],
  run(caller, call) {
    const { workspace, bot } = caller;
    const read = readFiles(caller, call);
    if (!read.ok) return read;
    const targets = readTargets(caller, call);
    if (!targets.ok) return targets;
    const comment = readComment(caller, call);
    if (!comment.ok) return comment;
    const { files } = read;
    const { channels } = targets;
    for (const { id } of files) workspace.uploads.delete(id ?? "");
    for (const channel of channels) {
      const thread = threadOf(channel, call.thread_ts);
      const { text, blocks } = comment;
      const threadTs = thread.ok ? thread.parent?.ts : undefined;
      shareFiles(caller, channel, { user: bot.botUserId, botId: bot.botId, text, blocks, threadTs, files });
    }
    return {
      ok: true,
      files: files.map((file) => fileWire(workspace, file, { user: bot.botUserId, channels })),
    };
  },
});
