import { isRefusal } from "../alert/refusal.ts";
import { asFace } from "../people/slack/as-face.ts";
import type { Installation } from "../people/slack/find-installation.ts";
import { findChannel } from "../connect/channels/find-channel.ts";
import { readChannel } from "../setup/channels/read-channel.ts";
import type { SlackUser } from "../slack/client/people.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import type { Reached, RecipientName } from "../triage/boomerang/recipient.ts";
import { whyUnreachable } from "../triage/boomerang/why-unreachable.ts";

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
