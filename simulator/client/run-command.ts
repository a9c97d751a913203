import { z } from "zod";
import { callApp } from "../callbacks/call-app.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import type { Scene } from "../simulator.ts";
import { readContent } from "../web-api/chat/message-content.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import type { SlashCommand } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { installationsIn } from "../workspace/world.ts";
import { addMessage } from "../workspace/write-message.ts";
import { tell } from "./notice.ts";

export type Found = { installation: Installation; command: SlashCommand };

/** The app that answers to a word like `/tocsin` here, the one that was installed last. */
export function findCommand(workspace: Workspace, word: string): Found | undefined {
  return installationsIn(workspace)
    .flatMap((installation) =>
      installation.state === "installed" && installation.scopes.has("commands")
        ? installation.app.settings.commands.map((command) => ({ installation, command }))
        : [],
    )
    .findLast(({ command }) => command.command === word);
}

/** The text with people and channels as `<@U…|name>` and `<#C…|name>`, for commands that ask for it. */
const escaped = ({ users, channels }: Workspace, text: string) =>
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
    // Words that happen to be JSON, as a number, are words.
    if (typeof given !== "object") return { response_type: "ephemeral", text: body };
    const parsed = answer.safeParse(given);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return { response_type: "ephemeral", text: body };
  }
}

function show(
  { workspace }: Scene,
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

type Typed = Found & { channel: Channel; text: string };

/** A person runs a slash command. What the app answers is shown; when it is late, Slack's own words. */
export async function runCommand(
  scene: Scene,
  user: User,
  { installation, command, channel, text }: Typed,
): Promise<boolean> {
  const { workspace } = scene;
  const { team, enterprise } = workspace;
  const { app, place } = installation;
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
    text: command.shouldEscape ? escaped(workspace, text) : text,
    api_app_id: app.id,
    is_enterprise_install: String(place.kind === "organisation"),
    response_url: makeResponseUrl(scene, {
      installation,
      user: user.id,
      channel: channel.id,
      messageTs: undefined,
    }),
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
  };
  const what = command.command;
  const about = { channel: channel.id, ts: undefined };
  const reply = await callApp(scene, app, { kind: "command", what, payload, url: command.url, about });
  if (reply.ok) show(scene, installation, { body: reply.body, channel, user });
  else {
    const error = reply.reason === "http_timeout" ? "operation_timeout" : "dispatch_failed";
    tell(scene, user, { text: `${what} failed with the error "${error}"`, channel: channel.id });
  }
  scene.changes.bump();
  return reply.ok;
}
