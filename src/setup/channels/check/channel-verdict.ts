import type { Verdict } from "../../../connect/app/verdict.ts";
import type { FoundChannel } from "../../../connect/channels/find-channel.ts";

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
