import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { inviteCommand } from "../../slack/client/remedy.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { cleanCredential } from "../../slack/verify-signature.ts";
import { type CheckParts, unknownVerdict, type Verdict, wrongVerdictFrom } from "../app/verdict.ts";
import { type FoundChannel, findChannel, readChannel } from "./find-channel.ts";
import { nameInOrganisation, resolveChannel } from "./place-channel.ts";

interface Typed {
  channel: string;
  teamId?: string | undefined;
  /** A token that isn't stored yet; without it the stored tokens are used. */
  botToken?: string | undefined;
}

export interface CheckedChannel {
  verdict: Verdict;
  channel: FoundChannel | null;
}

/** Checks whether alerts can go to a typed channel. */
export async function checkChannel(parts: CheckParts, typed: Typed): Promise<CheckedChannel> {
  try {
    const found = await find(parts, typed);
    if (!isRefusal(found)) return { verdict: channelVerdict(found), channel: found };
    return { verdict: refusalVerdict(found), channel: null };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    return { verdict: unknownVerdict(fault.code), channel: null };
  }
}

async function find(
  parts: CheckParts,
  { channel, teamId, botToken }: Typed,
): Promise<FoundChannel | Refusal> {
  const token = cleanCredential(botToken ?? "");
  if (token === "") {
    const resolved = await resolveChannel(parts, { channel, teamId });
    return isRefusal(resolved) ? resolved : resolved.channel;
  }
  const reference = readChannel(channel);
  if (isRefusal(reference)) return reference;
  const { orgInstall } = await parts.slack.clientWith(token).authTest();
  if (orgInstall && reference.kind === "name") return nameInOrganisation;
  return findChannel(parts.slack.clientWith(token, teamId), reference);
}

function refusalVerdict({ why, field }: Refusal): Verdict {
  return wrongVerdictFrom(field === "teamId" ? "which_workspace" : "no_such_channel", why);
}

/** The verdict on a channel that was found. */
export function channelVerdict({
  name,
  fault,
  botName,
  private: isPrivate,
  sharedOutside,
}: FoundChannel): Verdict {
  const invite =
    fault === null
      ? null
      : `In Slack, type ${inviteCommand(botName)} in #${name}. Alerts are held until then.`;
  if (sharedOutside) {
    const sentence = `#${name} is shared with another organisation, whose members can read its alerts.`;
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

interface Confirmation {
  confirmed: boolean;
  /** False for a program, which confirms a public channel by naming it. */
  byPerson: boolean;
}

/** A refusal of a public or shared channel until it is confirmed, since more people than the team can read it. */
export function requireConfirmation(
  channel: FoundChannel,
  { confirmed, byPerson }: Confirmation,
): Refusal | null {
  const { state, code, sentence } = channelVerdict(channel);
  if (confirmed || state !== "confirm") return null;
  if (code === "public_channel" && !byPerson) return null;
  const remedy = byPerson ? "Tick the box to send alerts there." : "Confirm it with confirmChannel: true.";
  return { refused: "invalid", field: "channel", why: `${sentence} ${remedy}` };
}
