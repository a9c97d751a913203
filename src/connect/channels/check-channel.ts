import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { cleanCredential } from "../../slack/verify-signature.ts";
import { type CheckParts, notAsked, type Verdict, wrongAs } from "../app/verdict.ts";
import { type FoundChannel, findChannel, readChannel } from "./find-channel.ts";
import { nameInOrganisation, placeChannel } from "./place-channel.ts";

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

/** What is said of a channel that was found, before alerts go there. */
export function channelVerdict({ name, fault, private: isPrivate, sharedOutside }: FoundChannel): Verdict {
  const invite =
    fault === null ? null : `In Slack, type /invite @Tocsin in #${name}: alerts wait until then.`;
  if (sharedOutside) {
    const sentence = `#${name} is shared with another organisation, whose people will read the alerts.`;
    return { state: "confirm", code: "shared_outside", sentence, remedy: invite };
  }
  if (!isPrivate) {
    const sentence = `#${name} is public: everybody in the workspace can read its alerts.`;
    return { state: "confirm", code: "public_channel", sentence, remedy: invite };
  }
  if (invite === null) return { state: "ok", code: "ok", sentence: `The bot is in #${name}.`, remedy: null };
  return {
    state: "warning",
    code: "not_in_channel",
    sentence: `The bot is not in #${name}.`,
    remedy: invite,
  };
}

interface Said {
  /** That alerts may go there, whoever reads them. */
  confirmed: boolean;
  /** Somebody at the Console; a program that names a public channel has said so by that. */
  byPerson: boolean;
}

/** No to a channel that more people read than a team sees at a glance, until that is confirmed. */
export function confirmChannel(channel: FoundChannel, { confirmed, byPerson }: Said): Refusal | null {
  const { state, code, sentence } = channelVerdict(channel);
  if (confirmed || state !== "confirm") return null;
  if (code === "public_channel" && !byPerson) return null;
  const remedy = byPerson ? "Tick that alerts may go there." : "Confirm it with confirmChannel: true.";
  return { refused: "invalid", field: "channel", why: `${sentence} ${remedy}` };
}
