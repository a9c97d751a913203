import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { cleanCredential } from "../../slack/clean-credential.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { nameInOrganisation, placeChannel } from "./place-channel.ts";
import type { CheckParts } from "../../setup/slack-app/check/check-parts.ts";
import { notAsked, type Verdict, wrongAs } from "../app/verdict.ts";
import { type FoundChannel, findChannel } from "./find-channel.ts";
import { readChannel } from "../../setup/channels/read-channel.ts";
import { channelVerdict } from "../../setup/channels/check/channel-verdict.ts";

interface Typed {
  channel: string;
  teamId?: string | undefined;
  /** One that isn't stored yet; without it the stored ones look. */
  botToken?: string | undefined;
}

export interface CheckedChannel {
  verdict: Verdict;
  channel: FoundChannel | null;
}

/** Says of a channel that somebody typed whether alerts can go there. */
export async function checkChannel(parts: CheckParts, typed: Typed): Promise<CheckedChannel> {
  try {
    const found = await find(parts, typed);
    if (!isRefusal(found)) return { verdict: channelVerdict(found), channel: found };
    return { verdict: told(found), channel: null };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    return { verdict: notAsked(fault.code), channel: null };
  }
}

async function find(
  parts: CheckParts,
  { channel, teamId, botToken }: Typed,
): Promise<FoundChannel | Refusal> {
  const token = cleanCredential(botToken ?? "");
  if (token === "") {
    const place = await placeChannel(parts, { channel, teamId });
    return isRefusal(place) ? place : place.channel;
  }
  const reference = readChannel(channel);
  if (isRefusal(reference)) return reference;
  const { orgInstall } = await parts.slack.clientWith(token).authTest();
  if (orgInstall && reference.kind === "name") return nameInOrganisation;
  return findChannel(parts.slack.clientWith(token, teamId), reference);
}

function told({ why, field }: Refusal): Verdict {
  return wrongAs(field === "teamId" ? "which_workspace" : "no_such_channel", why);
}
