import type { Scene } from "../simulator.ts";
import { announce, announceTo } from "../to-app/announce.ts";
import { messagePosted } from "../to-app/message-events.ts";
import type { Channel } from "../workspace/channel.ts";
import { addMessage } from "../workspace/deeds/add-message.ts";
import { join, leave } from "../workspace/deeds/membership.ts";
import type { User } from "../workspace/user.ts";
import { installationsIn } from "../workspace/world.ts";
import { findCommand, runCommand } from "./run-command.ts";
import { tell } from "./tell.ts";
import { typedText } from "./typed-text.ts";

function named({ workspace }: Scene, name: string): User | undefined {
  const wanted = name.replace(/^@/, "").toLowerCase();
  return [...workspace.users.values()].find(
    (user) => user.name === wanted || user.realName.toLowerCase() === wanted,
  );
}

function command(scene: Scene, user: User, given: { channel: Channel; verb: string; rest: string }): void {
  const { workspace } = scene;
  const { channel, verb, rest } = given;
  const other = named(scene, rest);
  const about = {
    channel: channel.id,
    channel_type: channel.kind === "private" ? "G" : "C",
    team: workspace.team.id,
    event_ts: workspace.makeTs(),
  };
  if (verb === "invite" && other) {
    join(workspace, channel, { user: other.id, inviter: user.id });
    announce(scene, { type: "member_joined_channel", user: other.id, inviter: user.id, ...about }, channel);
  } else if ((verb === "remove" || verb === "kick") && other) {
    leave(workspace, channel, { user: other.id });
    announce(scene, { type: "member_left_channel", user: other.id, ...about }, channel);
  } else tell(scene, user, { text: `/${verb} ${rest} did nothing here.`, channel: channel.id });
}

function post(scene: Scene, user: User, { channel, text, threadTs }: Said): void {
  const { workspace } = scene;
  const given = { user: user.id, text: typedText(workspace, text), threadTs };
  const message = addMessage(workspace, channel, given);
  const event = messagePosted(workspace, channel, message);
  announce(scene, event, channel);
  for (const bot of installationsIn(workspace))
    if (message.text.includes(`<@${bot.botUserId}>`) && channel.members.has(bot.botUserId))
      announceTo(scene, bot, { ...event, type: "app_mention" });
}

type Said = { channel: Channel; text: string; threadTs?: string | undefined };

/** A person sends what they typed: a message, a reply, a slash command, or `/invite @Tocsin` and `/remove @Tocsin`. */
export async function say(scene: Scene, user: User, said: Said): Promise<void> {
  const slash = said.threadTs ? null : said.text.match(/^\/([\w-]+)\s*(.*)$/);
  const [, verb = "", rest = ""] = slash ?? [];
  const found = slash && findCommand(scene.workspace, `/${verb}`);
  if (found) await runCommand(scene, user, { ...found, channel: said.channel, text: rest.trim() });
  else if (slash) command(scene, user, { channel: said.channel, verb, rest: rest.trim() });
  else post(scene, user, said);
  scene.changes.bump();
}
