import { z } from "zod";
import { refuse } from "../answer.ts";
import { flag, required } from "../argument.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { found } from "./found.ts";

/** Any of these opens the methods that read conversations; each kind of conversation asks for its own. */
export const readScopes = ["groups:read", "im:read", "mpim:read", "channels:read"] as const;

export const info = method({
  name: "conversations.info",
  tier: "t3",
  scopes: readScopes,
  args: z.object({
    channel: required,
    include_locale: flag.optional(),
    include_num_members: flag.optional(),
  }),
  errors: ["channel_is_limited_access", "channel_not_found", "missing_scope"],
  run(caller, { channel: id, include_locale, include_num_members }) {
    const seen = found(caller, id, "read");
    if (!seen.ok) return seen;
    const { channel } = seen;
    if (channel.limits.isLimitedAccess) return refuse("channel_is_limited_access");
    return {
      ok: true,
      channel: {
        ...channelWire(caller, channel),
        ...(include_locale && { locale: "en-US" }),
        ...(include_num_members && { num_members: channel.members.size }),
      },
    };
  },
});
