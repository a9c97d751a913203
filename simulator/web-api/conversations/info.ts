import { z } from "zod";
import { refuse } from "../answer.ts";
import { flag, pageLimit, required } from "../argument.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { channelWire, postingWire } from "../wire/channel-wire.ts";
import { findReadable } from "./find-conversation.ts";

/** Any of these scopes allows the call; each kind of conversation requires its own. */
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
    const found = findReadable(caller, id, "read");
    if (!found.ok) return found;
    const { channel } = found;
    if (channel.limits.isLimitedAccess) return refuse("channel_is_limited_access");
    return {
      ok: true,
      channel: {
        ...channelWire(caller, channel),
        ...postingWire(channel),
        ...(channel.members.has(caller.bot.botUserId) && {
          last_read: channel.latestTs ?? "0000000000.000000",
        }),
        ...(include_locale && { locale: "en-US" }),
        ...(include_num_members && { num_members: channel.members.size }),
      },
    };
  },
});

export const members = method({
  name: "conversations.members",
  tier: "t4",
  scopes: readScopes,
  args: z.object({ channel: required, cursor: z.string().optional(), limit: pageLimit }),
  errors: ["channel_not_found", "fetch_members_failed", "invalid_cursor", "invalid_limit", "missing_scope"],
  run(caller, args) {
    const found = findReadable(caller, args.channel, "read");
    if (!found.ok) return found;
    // The members of a channel that migrates to another organisation are not available.
    if (found.channel.limits.isMigrating) return refuse("fetch_members_failed");
    const page = pageOf([...found.channel.members], args);
    if (!page.ok) return page;
    return { ok: true, members: page.page, response_metadata: page.response_metadata };
  },
});
