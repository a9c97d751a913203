import type { Refusal } from "../../alert/refusal.ts";
import { inviteCommand, remedyText } from "../../slack/client/remedy.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { isRefusedBySlack, SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackChannel } from "../../slack/client/workspace.ts";

/** A channel that alerts can go to once `fault` is null. */
export interface FoundChannel {
  id: string;
  name: string;
  fault: "not_in_channel" | null;
  private: boolean;
  sharedOutside: boolean;
  /** The bot's name in Slack, for the invitation; null if the channel needs none. */
  botName: string | null;
}

/** 9,990 channels. Slack allows 20 pages a minute, and a person is waiting at the form. */
const maxPages = 10;

/**
 * Finds a channel in Slack. A public channel that the bot is not in is found with its fault. A setup fault of Slack is
 * a refusal with a remedy; other `SlackFault`s are thrown.
 */
export async function findChannel(
  client: SlackClient,
  reference: ChannelReference,
): Promise<FoundChannel | Refusal> {
  try {
    return reference.kind === "id"
      ? await findById(client, reference.id)
      : await findByName(client, reference.name);
  } catch (fault) {
    if (!isRefusedBySlack(fault)) throw fault;
    const botName = await botNameOf(client);
    return refused(remedyText(fault.code, { neededScope: fault.neededScope, botName }));
  }
}

async function findById(client: SlackClient, id: string): Promise<FoundChannel | Refusal> {
  const channel = await client.conversationsInfo(id);
  const channelName = channel.name ?? id;
  if (channel.archived) return refused(remedyText("is_archived", { channelName }));
  return toFoundChannel(client, { ...channel, name: channelName });
}

/** Searches the channels that the bot is in, which are few, then all that it can see. */
async function findByName(client: SlackClient, wanted: string): Promise<FoundChannel | Refusal> {
  const seen = new Set<string>();
  for (const list of [client.listUserConversations, client.conversationsList]) {
    const match = await search(list, wanted, seen);
    if (match === "too many") return refused(tooMany(wanted));
    // In the list of the bot's own channels, Slack leaves out that the bot is a member.
    if (match)
      return toFoundChannel(client, {
        ...match,
        member: match.member ?? list === client.listUserConversations,
      });
  }
  return refused(noSuchChannel(wanted, similarNames(wanted, seen), await botNameOf(client)));
}

type Named = Pick<SlackChannel, "id" | "member" | "private" | "sharedOutside"> & { name: string };

async function search(
  list: SlackClient["conversationsList"],
  wanted: string,
  seen: Set<string>,
): Promise<Named | "too many" | null> {
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const { channels, next }: Awaited<ReturnType<typeof list>> = await list(cursor ?? undefined);
    for (const channel of channels) {
      if (channel.name === wanted) return { ...channel, name: wanted };
      if (channel.name) seen.add(channel.name);
    }
    if (!next) return null;
    cursor = next;
  }
  return "too many";
}

async function toFoundChannel(
  client: SlackClient,
  { id, name, member, ...kind }: Named,
): Promise<FoundChannel> {
  const { private: isPrivate, sharedOutside } = kind;
  const found = { id, name, private: isPrivate, sharedOutside };
  if (member) return { ...found, fault: null, botName: null };
  return { ...found, fault: "not_in_channel", botName: await botNameOf(client) };
}

/** The bot's name in Slack; null if Slack doesn't say it now. */
async function botNameOf(client: SlackClient): Promise<string | null> {
  const tested = await client.authTest().catch((fault: unknown) => {
    if (!(fault instanceof SlackFault)) throw fault;
    return null;
  });
  return tested?.botName ?? null;
}

function tooMany(name: string): string {
  return `This workspace has too many channels to search for #${name}. Paste the channel's ID, which is at the bottom of its details in Slack.`;
}

/** Mentions the invitation, since Slack shows the bot no private channel that it isn't in. */
function noSuchChannel(name: string, near: string[], botName: string | null): string {
  const suggestion = near.length > 0 ? ` Did you mean ${near.map((other) => `#${other}`).join(" or ")}?` : "";
  return `The bot can't see a channel named #${name}.${suggestion} If it is private, type ${inviteCommand(botName)} there first.`;
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "channel", why };
}

/** The names most similar to `wanted`, best first, at most three. */
export function similarNames(wanted: string, names: Iterable<string>): string[] {
  const near: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = distanceOf(wanted, name);
    if (distance <= Math.max(2, wanted.length / 3)) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return near.slice(0, 3).map(({ name }) => name);
}

/** The edit distance; 1 if one name contains the other, as "sec" and "sec-private". */
function distanceOf(wanted: string, name: string): number {
  const contained =
    Math.min(wanted.length, name.length) > 2 && (name.includes(wanted) || wanted.includes(name));
  return contained ? 1 : editDistance(wanted, name);
}

/** The Levenshtein distance, row by row. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [row, character] of [...from].entries()) {
    const current = [row + 1];
    for (let at = 1; at <= to.length; at++) {
      const replaced = (above[at - 1] ?? 0) + (character === to[at - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}

/** A channel as a person gave it. */
type ChannelReference = { kind: "id"; id: string } | { kind: "name"; name: string };

const id = /^[CG][A-Z0-9]{7,20}$/;
/** The path of a link to a channel or a message in it, as copied from Slack's app or website. */
const inLink = /^\/(?:archives|client\/[TE][A-Z0-9]+)\/([CG][A-Z0-9]{7,20})(?:\/|$)/;

/** Reads a channel's id, its name with or without `#`, or a link to it. */
export function readChannel(text: string): ChannelReference | Refusal {
  const given = text.trim();
  const url = /^https?:\/\//.test(given) ? URL.parse(given) : null;
  if (url) return fromLink(url);
  if (id.test(given)) return { kind: "id", id: given };
  if (/^[DUW][A-Z0-9]{7,20}$/.test(given)) {
    return refused(`${given} is a person or a direct message. Alerts can only go to a channel.`);
  }
  const name = given.replace(/^#/, "").toLowerCase();
  return name ? { kind: "name", name } : refused("Enter a channel, such as #security.");
}

function fromLink({ hostname, pathname }: URL): ChannelReference | Refusal {
  const found = /(^|\.)slack(-gov)?\.com$/.test(hostname) ? inLink.exec(pathname)?.[1] : undefined;
  if (found) return { kind: "id", id: found };
  return refused(
    "This link doesn't lead to a channel. In Slack, choose Copy > Copy link in the channel's menu.",
  );
}
