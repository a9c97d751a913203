import { z } from "zod";
import { callApp } from "../callbacks/call-app.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { readContent } from "../web-api/chat/message-content.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import type { SlashCommand } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { installationsIn } from "../workspace/world.ts";
import { addMessage } from "../workspace/write-message.ts";
import { showNotice } from "./notice.ts";

export type InstalledCommand = { installation: Installation; command: SlashCommand };

/** Finds the app with this slash command; if several have it, the one that was installed last. */
export function findCommand(workspace: Workspace, word: string): InstalledCommand | undefined {
  return installationsIn(workspace)
    .flatMap((installation) =>
      installation.state === "installed" && installation.scopes.has("commands")
        ? installation.app.settings.commands.map((command) => ({ installation, command }))
        : [],
    )
    .findLast(({ command }) => command.command === word);
}

/** The text with mentions as `<@U…|name>` and `<#C…|name>`, for commands with `should_escape`. */
const escapeMentions = ({ users, channels }: Workspace, text: string) =>
  text
    .replace(/@([\w.-]+)/g, (all, name) => {
      const user = [...users.values()].find((one) => one.name === name.toLowerCase());
      return user ? `<@${user.id}|${user.name}>` : all;
    })
    .replace(/#([\w-]+)/g, (all, name) => {
      const channel = [...channels.values()].find((one) => one.name === name);
      return channel ? `<#${channel.id}|${channel.name}>` : all;
    });

const answer = z.object({
  response_type: z.enum(["ephemeral", "in_channel"]).default("ephemeral"),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
});

function readAnswer(body: string): z.output<typeof answer> | undefined {
  if (body.trim() === "") return undefined;
  try {
    const given: unknown = JSON.parse(body);
    // A plain text can be valid JSON too, for example a number.
    if (typeof given !== "object") return { response_type: "ephemeral", text: body };
    const parsed = answer.safeParse(given);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return { response_type: "ephemeral", text: body };
  }
}

function showAnswer(
  { workspace }: WorkspaceContext,
  { botUserId, botId }: Installation,
  { body, channel, user }: { body: string; channel: Channel; user: User },
): void {
  const given = readAnswer(body);
  const content = given && readContent(workspace, given);
  if (!content?.ok) return;
  const { text, blocks } = content;
  const visibleTo = given?.response_type === "in_channel" ? undefined : user.id;
  addMessage(workspace, channel, { user: botUserId, botId, text, blocks, visibleTo });
}

type CommandCall = InstalledCommand & { channel: Channel; text: string };

/** Runs a slash command as a person. Shows the app's answer, or Slack's error. Resolves to whether the app answered. */
export async function runCommand(
  context: WorkspaceContext,
  user: User,
  { installation, command, channel, text }: CommandCall,
): Promise<boolean> {
  const { workspace } = context;
  const { team, enterprise } = workspace;
  const { app, target } = installation;
  const payload = {
    token: app.verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    ...(enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    channel_id: channel.id,
    channel_name: channel.kind === "private" ? "privategroup" : channel.name,
    user_id: user.id,
    user_name: user.name,
    command: command.command,
    text: command.shouldEscape ? escapeMentions(workspace, text) : text,
    api_app_id: app.id,
    is_enterprise_install: String(target.kind === "organisation"),
    response_url: makeResponseUrl(context, {
      installation,
      user: user.id,
      channel: channel.id,
      messageTs: undefined,
    }),
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
  };
  const what = command.command;
  const about = { channel: channel.id, ts: undefined };
  const reply = await callApp(context, app, { kind: "command", what, payload, url: command.url, about });
  if (reply.ok) showAnswer(context, installation, { body: reply.body, channel, user });
  else {
    const error = reply.reason === "http_timeout" ? "operation_timeout" : "dispatch_failed";
    showNotice(context, user, { text: `${what} failed with the error "${error}"`, channel: channel.id });
  }
  context.changeFeed.bump();
  return reply.ok;
}
