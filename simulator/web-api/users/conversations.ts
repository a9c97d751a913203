import { z } from "zod";
import { refuse } from "../answer.ts";
import { readScopes } from "../conversations/info.ts";
import { listing, listingArgs } from "../conversations/listing.ts";
import { method } from "../method.ts";

/** Of somebody else, an app's bot sees the channels only. */
const ofOthers = ["public_channel", "private_channel"];

export const conversations = method({
  name: "users.conversations",
  tier: "t3",
  scopes: readScopes,
  args: listingArgs.extend({ user: z.string().optional() }),
  errors: [
    "invalid_cursor",
    "invalid_limit",
    "invalid_types",
    "method_not_supported_for_channel_type",
    "missing_argument",
    "missing_scope",
  ],
  lacksTeam: "missing_argument",
  run({ workspace, bot }, args) {
    const user = args.user || bot.botUserId;
    const isOther = user !== bot.botUserId;
    if (isOther && args.types?.some((type) => type.endsWith("im") && !ofOthers.includes(type)))
      return refuse("method_not_supported_for_channel_type");
    const found = listing(
      { workspace, bot },
      {
        ...args,
        belongs: ({ kind, members }) =>
          members.has(user) && (!isOther || kind === "public" || members.has(bot.botUserId)),
      },
    );
    if (!found.ok) return found;
    // Here Slack tells neither who is in a channel nor how many are.
    const channels = found.channels.map(({ is_member, num_members, ...channel }) => channel);
    return { ...found, channels };
  },
});
