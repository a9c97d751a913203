import { encodeEntities } from "../block-kit/mrkdwn.ts";
import { at } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import { letIn, putOut } from "../changes/members.ts";
import type { Scene } from "../simulator.ts";
import type { Channel } from "../workspace/channel.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage } from "../workspace/write-message.ts";
import { tell } from "./notice.ts";
import { findCommand, runCommand } from "./run-command.ts";

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

const wordEnds = (text: string, at: number) => !/[\p{L}\p{N}_]/u.test(text[at] ?? "");

/** The longest of these names that stands at a place, so that `@Ada Lovelace` is not taken for `@Ada`. */
const nameAt = <T extends { names: string[] }>(all: readonly T[], text: string, at: number) =>
  all
    .flatMap((one) => one.names.map((name) => ({ ...one, name })))
    .filter(({ name }) => name && text.slice(at, at + name.length).toLowerCase() === name.toLowerCase())
    .filter(({ name }) => wordEnds(text, at + name.length))
    .sort((a, b) => b.name.length - a.name.length)[0];

/** What a person typed, as Slack keeps it: names of people, channels and everybody become mentions. */
export function typedText({ users, channels }: Workspace, typed: string): string {
  const text = encodeEntities(typed);
  if (!/[@#]/.test(text)) return text;
  const people = [...users.values()].map(({ id, name, realName }) => ({
    names: [name, realName],
    mention: `<@${id}>`,
  }));
  const groups = ["channel", "here", "everyone"].map((name) => ({ names: [name], mention: `<!${name}>` }));
  const places = [...channels.values()]
    .filter(({ kind }) => kind !== "im")
    .map(({ id, name }) => ({ names: [name], mention: `<#${id}>` }));
  const known = { "@": [...people, ...groups], "#": places };
  let kept = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const begins = (sign === "@" || sign === "#") && wordEnds(text, at - 1);
    const found = begins ? nameAt(known[sign], text, at + 1) : undefined;
    kept += found ? found.mention : sign;
    if (found) at += found.name.length;
  }
  return kept;
}
