import type { Block } from "../../block-kit/shapes/block.ts";
import type { Message } from "../../workspace/message.ts";
import { blocksOf } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";

const thread = (message: Message) => {
  if (message.threadTs) return { thread_ts: message.threadTs };
  if (message.replies.length === 0) return {};
  return {
    thread_ts: message.ts,
    reply_count: message.replies.length,
    latest_reply: message.replies.at(-1),
  };
};

const byApp = ({ app, team }: Workspace) => ({
  bot_id: app.botId,
  app_id: app.id,
  bot_profile: {
    id: app.botId,
    app_id: app.id,
    name: app.name,
    user_id: app.botUserId,
    team_id: team.id,
    deleted: false,
    updated: 1_795_600_000,
    icons: {},
  },
});

/**
 * A message as Slack hands it out. Metadata is left out, since most methods do so. Whoever has its blocks at
 * hand spares unpacking them.
 */
export const messageWire = (
  workspace: Workspace,
  message: Message,
  blocks: readonly Block[] = blocksOf(message),
): Record<string, unknown> => ({
  type: "message",
  ...(message.subtype && { subtype: message.subtype }),
  user: message.user,
  ts: message.ts,
  text: message.text,
  team: workspace.team.id,
  ...(message.botId && byApp(workspace)),
  ...(blocks.length > 0 && { blocks }),
  ...(message.editedAt && { edited: { user: message.botId ?? message.user, ts: message.editedAt } }),
  ...thread(message),
});
