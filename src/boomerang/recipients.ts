import { isRefusal } from "../alert/refusal.ts";
import { findChannel, readChannel } from "../connect/channels/find-channel.ts";
import { isMember, type SlackProfile } from "../connect/identity/decide-identity.ts";
import { toProfile } from "../connect/identity/identify.ts";
import type { Installation } from "../connect/installations/installations.ts";
import { inviteCommand } from "../slack/client/remedy.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import type { SlackUser } from "../slack/client/workspace.ts";

/** Looks up recipients in Slack and whether they can be asked, in the order given. Throws a `SlackFault`. */
export function lookUpRecipients(
  client: SlackClient,
  installation: Installation,
  names: readonly RecipientReference[],
): Promise<LookupResult[]> {
  return Promise.all(names.map((name) => lookUpRecipient(client, installation, name)));
}

async function lookUpRecipient(
  client: SlackClient,
  installation: Installation,
  name: RecipientReference,
): Promise<LookupResult> {
  if ("channel" in name) return lookUpChannel(client, name.channel);
  const byEmail = "email" in name;
  const user = byEmail ? await client.lookupByEmail(name.email) : await client.usersInfo(name.slackUserId);
  return personResult(user, installation, byEmail ? name.email : name.slackUserId);
}

function personResult(user: SlackUser | null, installation: Installation, named: string): LookupResult {
  const why = whyUnreachable(user && toProfile(user), installation);
  if (!user || why) return { reached: false, name: user?.name ?? named, why: why ?? "not found" };
  return {
    reached: true,
    recipient: {
      kind: "person",
      slackId: user.id,
      name: user.name,
      email: user.email,
      timezone: user.timezone,
    },
  };
}

async function lookUpChannel(client: SlackClient, named: string): Promise<LookupResult> {
  const reference = readChannel(named);
  if (isRefusal(reference)) return { reached: false, name: named, why: reference.why };
  const channel = await findChannel(client, reference);
  if (isRefusal(channel)) return { reached: false, name: named, why: channel.why };
  const name = `#${channel.name}`;
  if (channel.fault)
    return {
      reached: false,
      name,
      why: `the bot is not in this channel; type ${inviteCommand(channel.botName)} there`,
    };
  return { reached: true, recipient: { kind: "channel", slackId: channel.id, name } };
}

/** A person or channel that can be asked. */
export type Recipient =
  | { kind: "person"; slackId: string; name: string; email: string | null; timezone: string | null }
  | { kind: "channel"; slackId: string; name: string };

/** A recipient as given by the person who asks. */
export type RecipientReference = { slackUserId: string } | { email: string } | { channel: string };

export type LookupResult =
  | { reached: true; recipient: Recipient }
  /** `why` completes "<name> can't be asked: …". */
  | { reached: false; name: string; why: string };

/** One sentence on why a recipient can't be asked. `why` may end with a full stop. */
export function unreachableSentence({ name, why }: Extract<LookupResult, { reached: false }>): string {
  return `${name} can't be asked: ${why.replace(/\.$/, "")}.`;
}

/** Why a person can't be asked, to complete "<name> can't be asked: …"; null if they can be asked. */
export function whyUnreachable(
  profile: SlackProfile | null,
  installation: Pick<Installation, "teamId" | "enterpriseId">,
): string | null {
  if (!profile) return "Slack has no such person in this workspace";
  if (profile.deleted) return "their Slack account is deactivated";
  if (profile.isBot) return "it is a bot";
  if (!isMember(profile, installation)) return "they belong to another workspace or company";
  if (profile.isGuest) return "they are a guest in this workspace";
  return null;
}
