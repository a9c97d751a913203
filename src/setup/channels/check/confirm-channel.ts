import type { Refusal } from "../../../alert/refusal.ts";
import type { FoundChannel } from "../../../connect/channels/find-channel.ts";
import { channelVerdict } from "./channel-verdict.ts";

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
