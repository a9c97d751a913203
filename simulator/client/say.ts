import { encodeEntities } from "../block-kit/mrkdwn.ts";
import type { Scene } from "../simulator.ts";
import { announce } from "../to-app/announce.ts";
import { messagePosted } from "../to-app/message-events.ts";
import type { Channel } from "../workspace/channel.ts";
import { addMessage } from "../workspace/deeds/add-message.ts";
import { join, leave } from "../workspace/deeds/membership.ts";
import type { User } from "../workspace/user.ts";
import { tell } from "./tell.ts";

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

/** A person sends what they typed: a message, a reply, or `/invite @Tocsin` and `/remove @Tocsin`. */
export function say(
  scene: Scene,
  user: User,
  { channel, text, threadTs }: { channel: Channel; text: string; threadTs?: string | undefined },
): void {
  const slash = text.match(/^\/(\w+)\s*(.*)$/);
  if (slash && !threadTs)
    command(scene, user, { channel, verb: slash[1] ?? "", rest: slash[2]?.trim() ?? "" });
  else {
    const message = addMessage(scene.workspace, channel, {
      user: user.id,
      text: encodeEntities(text),
      threadTs,
    });
    announce(scene, messagePosted(scene.workspace, channel, message), channel);
  }
  scene.changes.bump();
}
