import { z } from "zod";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { lackingScope } from "../door/authorize.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { reach, scopeFor } from "./reach.ts";

/** Any of these opens the methods that read conversations; each kind of conversation asks for its own. */
export const readScopes = ["groups:read", "im:read", "mpim:read", "channels:read"] as const;

export const info = method({
  name: "conversations.info",
  tier: "t3",
  scopes: readScopes,
  args: z.object({ channel: required }),
  errors: ["channel_not_found", "missing_scope"],
  run({ workspace, bot }, args) {
    const channel = reach({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    const scope = scopeFor(channel, "read");
    if (!bot.scopes.has(scope)) return lackingScope(bot, [scope]);
    return { ok: true, channel: channelWire({ workspace, bot }, channel) };
  },
});
