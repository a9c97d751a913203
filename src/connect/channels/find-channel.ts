import type { Refusal } from "../../alert/refusal.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackChannel } from "../../slack/client/workspace.ts";

/** A channel that alerts can go to, as soon as `fault` is null. */
export interface FoundChannel {
  id: string;
  name: string;
  fault: "not_in_channel" | null;
  private: boolean;
  sharedOutside: boolean;
}

/** 10 pages are 9,990 channels: the most that Slack's 20 pages a minute let one wait for at a form. */
const mostPages = 10;

/**
 * Finds the channel in Slack. Slack's no is a refusal that says what to do; a fault that passes is thrown. A
 * public channel that the bot is not in is found with its fault.
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
    if (!(fault instanceof SlackFault) || fault.kind !== "setup") throw fault;
    return refused(remedyText(fault.code, { neededScope: fault.neededScope }));
  }
}

async function findById(client: SlackClient, id: string): Promise<FoundChannel | Refusal> {
  const channel = await client.conversationsInfo(id);
  const channelName = channel.name ?? id;
  if (channel.archived) return refused(remedyText("is_archived", { channelName }));
  return found({ ...channel, name: channelName });
}

/** First among the channels that the bot is in, which are few; then among all that it may see. */
async function findByName(client: SlackClient, wanted: string): Promise<FoundChannel | Refusal> {
  const seen = new Set<string>();
  for (const list of [client.listUserConversations, client.conversationsList]) {
    const match = await search(list, wanted, seen);
    if (match === "too many") return refused(tooMany(wanted));
    // Of its own channels Slack doesn't say that the bot is in them.
    if (match) return found({ ...match, member: match.member ?? list === client.listUserConversations });
  }
  return refused(noSuchChannel(wanted, nearNames(wanted, seen)));
}

type Named = Pick<SlackChannel, "id" | "member" | "private" | "sharedOutside"> & { name: string };

async function search(
  list: SlackClient["conversationsList"],
  wanted: string,
  seen: Set<string>,
): Promise<Named | "too many" | null> {
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page++) {
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

function found({ id, name, member, ...kind }: Named): FoundChannel {
  const { private: isPrivate, sharedOutside } = kind;
  return { id, name, fault: member ? null : "not_in_channel", private: isPrivate, sharedOutside };
}

function tooMany(name: string): string {
  return `This workspace has too many channels to look for #${name}. Paste the channel's ID, which stands at the bottom of its details in Slack.`;
}

/** What Slack keeps from the bot, it can't tell from what isn't there. */
function noSuchChannel(name: string, near: string[]): string {
  const meant = near.length > 0 ? ` Did you mean ${near.map((other) => `#${other}`).join(" or ")}?` : "";
  return `The bot can't see a channel #${name}.${meant} If it is private, type /invite @Tocsin there first.`;
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "channel", why };
}

/** The names that somebody may have meant, best first, at most three. */
export function nearNames(wanted: string, names: Iterable<string>): string[] {
  const near: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = distanceOf(wanted, name);
    if (distance <= Math.max(2, wanted.length / 3)) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return near.slice(0, 3).map(({ name }) => name);
}

/** One name within the other is near too: "sec" and "sec-private". */
function distanceOf(wanted: string, name: string): number {
  const within = Math.min(wanted.length, name.length) > 2 && (name.includes(wanted) || wanted.includes(name));
  return within ? 1 : edits(wanted, name);
}

/** How many characters must be added, dropped or replaced (Levenshtein), row by row. */
function edits(from: string, to: string): number {
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

/** How somebody named a channel. */
type ChannelReference = { kind: "id"; id: string } | { kind: "name"; name: string };

const id = /^[CG][A-Z0-9]{7,20}$/;
/** The end of a link as Slack copies it, to the channel or to a message in it, from the app or the web. */
const inLink = /^\/(?:archives|client\/[TE][A-Z0-9]+)\/([CG][A-Z0-9]{7,20})(?:\/|$)/;

/** Reads a channel's id, its name with or without `#`, or a link to it. */
export function readChannel(text: string): ChannelReference | Refusal {
  const given = text.trim();
  const url = /^https?:\/\//.test(given) ? URL.parse(given) : null;
  if (url) return fromLink(url);
  if (id.test(given)) return { kind: "id", id: given };
  if (/^[DUW][A-Z0-9]{7,20}$/.test(given)) {
    return refused(`${given} is a person or a direct message. Alerts go to a channel, which a team can see.`);
  }
  const name = given.replace(/^#/, "").toLowerCase();
  return name ? { kind: "name", name } : refused("Name the channel, as #security.");
}

function fromLink({ hostname, pathname }: URL): ChannelReference | Refusal {
  const found = /(^|\.)slack(-gov)?\.com$/.test(hostname) ? inLink.exec(pathname)?.[1] : undefined;
  if (found) return { kind: "id", id: found };
  return refused(
    "This link doesn't lead to a channel. In Slack, take Copy > Copy link from the channel's menu.",
  );
}
