import { z } from "zod";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { findVisible } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";

const path = (ts: string) => `p${ts.replace(".", "")}`;

export const getPermalink = method({
  name: "chat.getPermalink",
  tier: "special",
  scopes: [],
  args: z.object({ channel: required, message_ts: required }),
  errors: ["channel_not_found", "message_not_found"],
  run({ workspace, bot }, { channel: channelId, message_ts }) {
    const channel = findVisible({ workspace, bot }, channelId);
    if (!channel) return refuse("channel_not_found");
    const message = channel.messages.get(message_ts);
    if (!message || message.visibleTo) return refuse("message_not_found");
    const link = `https://${workspace.team.domain}.slack.com/archives/${channel.id}/${path(message_ts)}`;
    const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : "";
    return { ok: true, channel: channel.id, permalink: link + thread };
  },
});
