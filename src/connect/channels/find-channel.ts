import type { Refusal } from "../../alert/refusal.ts";
import type { SlackChannel } from "../../slack/client/channels.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { remedyText } from "../../setup/needs-attention.ts";
import { nearNames } from "../../setup/channels/near-names.ts";
import type { ChannelReference } from "../../setup/channels/read-channel.ts";

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
    if (!(fault instanceof SlackFault) || fault.kind !== "set-up") throw fault;
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
