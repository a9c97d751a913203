import { encodeEntities } from "../block-kit/mrkdwn.ts";
import { changeContext } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import { addMember, removeMember } from "../changes/members.ts";
import type { WorkspaceContext } from "../simulator.ts";
import type { Channel } from "../workspace/channel.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage } from "../workspace/write-message.ts";
import { showNotice } from "./notice.ts";
import { findCommand, runCommand } from "./run-command.ts";

function findPerson({ workspace }: WorkspaceContext, name: string): User | undefined {
  const wanted = name.replace(/^@/, "").toLowerCase();
  return [...workspace.users.values()].find(
    (user) => user.name === wanted || user.realName.toLowerCase() === wanted,
  );
}

function runBuiltInCommand(
  context: WorkspaceContext,
  user: User,
  given: { channel: Channel; verb: string; rest: string },
): void {
  const { channel, verb, rest } = given;
  const other = findPerson(context, rest);
  if (verb === "invite" && other)
    addMember(changeContext(context), channel, { user: other.id, inviter: user.id });
  else if ((verb === "remove" || verb === "kick") && other)
    removeMember(changeContext(context), channel, { user: other.id, actor: user.id });
  else showNotice(context, user, { text: `/${verb} ${rest} did nothing here.`, channel: channel.id });
}

function post(
  context: WorkspaceContext,
  user: User,
  { channel, text, threadTs, broadcast }: TypedMessage,
): void {
  const { workspace } = context;
  const message = addMessage(workspace, channel, {
    user: user.id,
    text: toMrkdwn(workspace, text),
    threadTs,
    ...(broadcast && threadTs && { subtype: "thread_broadcast" }),
  });
  const event = messagePosted(workspace, channel, message);
  const { channel_type: _, ...mention } = event;
  const { emit } = changeContext(context);
  emit(event, channel);
  emit(
    ({ botUserId }) =>
      message.text.includes(`<@${botUserId}>`) ? { ...mention, type: "app_mention" } : undefined,
    channel,
  );
}

type TypedMessage = {
  channel: Channel;
  text: string;
  threadTs?: string | undefined;
  /** Whether to also send a reply to the channel. */
  broadcast?: boolean | undefined;
};

/** Sends what a person typed: a message, a reply, a slash command, `/invite @Tocsin` or `/remove @Tocsin`. */
export async function sendMessage(context: WorkspaceContext, user: User, typed: TypedMessage): Promise<void> {
  const slash = typed.text.match(/^\/([\w-]+)\s*(.*)$/);
  const [, verb = "", rest = ""] = slash ?? [];
  const found = slash && findCommand(context.workspace, `/${verb}`);
  if (slash && typed.threadTs) {
    const text = `/${verb} is not supported in threads. Sorry!`;
    showNotice(context, user, { text, channel: typed.channel.id });
  } else if (found) await runCommand(context, user, { ...found, channel: typed.channel, text: rest.trim() });
  else if (slash) runBuiltInCommand(context, user, { channel: typed.channel, verb, rest: rest.trim() });
  else post(context, user, typed);
  context.changeFeed.bump();
}

const isWordEnd = (text: string, at: number) => !/[\p{L}\p{N}_]/u.test(text[at] ?? "");

/** The longest name that matches at a position, so that `@Ada Lovelace` is not read as `@Ada`. */
const nameAt = <T extends { names: string[] }>(all: readonly T[], text: string, at: number) =>
  all
    .flatMap((one) => one.names.map((name) => ({ ...one, name })))
    .filter(({ name }) => name && text.slice(at, at + name.length).toLowerCase() === name.toLowerCase())
    .filter(({ name }) => isWordEnd(text, at + name.length))
    .sort((a, b) => b.name.length - a.name.length)[0];

/** Converts typed text to Slack's format: names of people and channels, and @here etc., become mentions. */
export function toMrkdwn({ users, channels }: Workspace, typed: string): string {
  const text = encodeEntities(typed);
  if (!/[@#]/.test(text)) return text;
  const people = [...users.values()].map(({ id, name, realName }) => ({
    names: [name, realName],
    mention: `<@${id}>`,
  }));
  const groups = ["channel", "here", "everyone"].map((name) => ({ names: [name], mention: `<!${name}>` }));
  const channelNames = [...channels.values()]
    .filter(({ kind }) => kind !== "im")
    .map(({ id, name }) => ({ names: [name], mention: `<#${id}>` }));
  const known = { "@": [...people, ...groups], "#": channelNames };
  let result = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const isMention = (sign === "@" || sign === "#") && isWordEnd(text, at - 1);
    const found = isMention ? nameAt(known[sign], text, at + 1) : undefined;
    result += found ? found.mention : sign;
    if (found) at += found.name.length;
  }
  return result;
}
