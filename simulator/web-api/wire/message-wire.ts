import type { Block } from "../../block-kit/shapes/block.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { Message } from "../../workspace/message.ts";
import { blocksOf } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { installationOfBot } from "../../workspace/world.ts";

const thread = (message: Message) => {
  if (message.threadTs) return { thread_ts: message.threadTs };
  if (message.replies.length === 0) return {};
  return {
    thread_ts: message.ts,
    reply_count: message.replies.length,
    latest_reply: message.replies.at(-1),
  };
};

const byApp = ({ app, botId, botUserId }: Installation, teamId: string) => ({
  bot_id: botId,
  app_id: app.id,
  bot_profile: {
    id: botId,
    app_id: app.id,
    name: app.settings.botName,
    user_id: botUserId,
    team_id: teamId,
    deleted: false,
    updated: 1_795_600_000,
    icons: {},
  },
});

const byline = (workspace: Workspace, { botId }: Message) => {
  const writer = botId && installationOfBot(workspace, botId);
  return writer ? byApp(writer, workspace.team.id) : {};
};

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
  ...byline(workspace, message),
  ...(blocks.length > 0 && { blocks }),
  ...(message.editedAt && { edited: { user: message.botId ?? message.user, ts: message.editedAt } }),
  ...thread(message),
});
