import { at } from "../deeds/at.ts";
import { letIn, putOut } from "../changes/members.ts";
import type { Scene } from "../simulator.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import type { Channel } from "../workspace/channel.ts";
import { addMessage } from "../workspace/write-message.ts";
import type { User } from "../workspace/user.ts";
import { findCommand, runCommand } from "./run-command.ts";
import { tell } from "./notice.ts";
import { typedText } from "./typed-text.ts";

function named({ workspace }: Scene, name: string): User | undefined {
  const wanted = name.replace(/^@/, "").toLowerCase();
  return [...workspace.users.values()].find(
    (user) => user.name === wanted || user.realName.toLowerCase() === wanted,
  );
}

function command(scene: Scene, user: User, given: { channel: Channel; verb: string; rest: string }): void {
  const { channel, verb, rest } = given;
  const other = named(scene, rest);
  if (verb === "invite" && other) letIn(at(scene), channel, { user: other.id, inviter: user.id });
  else if ((verb === "remove" || verb === "kick") && other)
    putOut(at(scene), channel, { user: other.id, actor: user.id });
  else tell(scene, user, { text: `/${verb} ${rest} did nothing here.`, channel: channel.id });
}

function post(scene: Scene, user: User, { channel, text, threadTs, broadcast }: Said): void {
  const { workspace } = scene;
  const message = addMessage(workspace, channel, {
    user: user.id,
    text: typedText(workspace, text),
    threadTs,
    ...(broadcast && threadTs && { subtype: "thread_broadcast" }),
  });
  const event = messagePosted(workspace, channel, message);
  const { channel_type: _, ...mention } = event;
  const { emit } = at(scene);
  emit(event, channel);
  emit(
    ({ botUserId }) =>
      message.text.includes(`<@${botUserId}>`) ? { ...mention, type: "app_mention" } : undefined,
    channel,
  );
}

type Said = {
  channel: Channel;
  text: string;
  threadTs?: string | undefined;
  /** Whether a reply is shown in the channel too. */
  broadcast?: boolean | undefined;
};

/** A person sends what they typed: a message, a reply, a slash command, or `/invite @Tocsin` and `/remove @Tocsin`. */
export async function say(scene: Scene, user: User, said: Said): Promise<void> {
  const slash = said.text.match(/^\/([\w-]+)\s*(.*)$/);
  const [, verb = "", rest = ""] = slash ?? [];
  const found = slash && findCommand(scene.workspace, `/${verb}`);
  if (slash && said.threadTs) {
    const text = `/${verb} is not supported in threads. Sorry!`;
    tell(scene, user, { text, channel: said.channel.id });
  } else if (found) await runCommand(scene, user, { ...found, channel: said.channel, text: rest.trim() });
  else if (slash) command(scene, user, { channel: said.channel, verb, rest: rest.trim() });
  else post(scene, user, said);
  scene.changes.bump();
}
