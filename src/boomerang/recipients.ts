import { isRefusal } from "../alert/refusal.ts";
import { findChannel, readChannel } from "../connect/channels/find-channel.ts";
import { isMember, type SlackFace } from "../connect/identity/decide-identity.ts";
import { asFace } from "../connect/identity/identify.ts";
import type { Installation } from "../connect/installations/installations.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import type { SlackUser } from "../slack/client/workspace.ts";

/** Looks up in Slack whom a question is for, and whether they can be asked. Faults that pass are thrown. */
export function reach(
  client: SlackClient,
  installation: Installation,
  names: readonly RecipientName[],
): Promise<Reached[]> {
  return Promise.all(names.map((name) => reachOne(client, installation, name)));
}

async function reachOne(
  client: SlackClient,
  installation: Installation,
  name: RecipientName,
): Promise<Reached> {
  if ("channel" in name) return reachChannel(client, name.channel);
  const byEmail = "email" in name;
  const user = byEmail ? await client.lookupByEmail(name.email) : await client.usersInfo(name.slackUserId);
  return person(user, installation, byEmail ? name.email : name.slackUserId);
}

function person(user: SlackUser | null, installation: Installation, named: string): Reached {
  const why = whyUnreachable(user && asFace(user), installation);
  if (!user || why) return { reached: false, name: user?.name ?? named, why: why ?? "nobody" };
  return {
    reached: true,
    recipient: { kind: "person", slackId: user.id, name: user.name, email: user.email },
  };
}

async function reachChannel(client: SlackClient, named: string): Promise<Reached> {
  const reference = readChannel(named);
  if (isRefusal(reference)) return { reached: false, name: named, why: reference.why };
  const channel = await findChannel(client, reference);
  if (isRefusal(channel)) return { reached: false, name: named, why: channel.why };
  const name = `#${channel.name}`;
  if (channel.fault) return { reached: false, name, why: "the bot is not in it: type /invite @Tocsin there" };
  return { reached: true, recipient: { kind: "channel", slackId: channel.id, name } };
}

/** Somebody, or a channel, that can be asked. */
export type Recipient =
  | { kind: "person"; slackId: string; name: string; email: string | null }
  | { kind: "channel"; slackId: string; name: string };

/** As whoever asks named them. */
export type RecipientName = { slackUserId: string } | { email: string } | { channel: string };

export type Reached =
  | { reached: true; recipient: Recipient }
  /** `why` follows the name: "mallory@acme.example: Slack knows nobody with this e-mail". */
  | { reached: false; name: string; why: string };

/** What whoever asks is told of somebody who can't be asked; Slack's own remedies bring their full stop along. */
export function unreachedSentence({ name, why }: Extract<Reached, { reached: false }>): string {
  return `${name} can't be asked: ${why.replace(/\.$/, "")}.`;
}

/** Why somebody can't be asked, to follow their name; null if they can. */
export function whyUnreachable(
  face: SlackFace | null,
  installation: Pick<Installation, "teamId" | "enterpriseId">,
): string | null {
  if (!face) return "Slack knows nobody of this name here";
  if (face.deleted) return "their Slack account is deactivated";
  if (face.isBot) return "it is a bot";
  if (!isMember(face, installation)) return "they belong to another company or workspace";
  if (face.isGuest) return "they are a guest of this workspace";
  return null;
}
