import { z } from "zod";
import type { Channel } from "../../workspace/channel.ts";
import { refuse } from "../answer.ts";
import { flag, list, pageLimit } from "../argument.ts";
import type { Seen } from "../caller.ts";
import { lackingScope } from "../gateway/authorize.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { readScopes } from "./info.ts";

const kinds = { public_channel: "public", private_channel: "private", im: "im", mpim: "mpim" } as const;
const scopes = {
  public_channel: "channels:read",
  private_channel: "groups:read",
  im: "im:read",
  mpim: "mpim:read",
} as const;
type Kind = keyof typeof kinds;
const isKind = (type: string): type is Kind => type in kinds;

const listingArgs = z.object({
  types: list.optional(),
  exclude_archived: flag.optional(),
  cursor: z.string().optional(),
  limit: pageLimit,
  team_id: z.string().optional(),
});

/** Slack takes pages of up to 999 conversations. */
const largestPage = 999;

type Listing = z.output<typeof listingArgs> & { belongs: (channel: Channel) => boolean };

/** A page of conversations. As in Slack archived ones are left out after paging, so pages may be short. */
function listing({ workspace, bot }: Seen, { belongs, ...args }: Listing) {
  const types = args.types ?? ["public_channel"];
  if (!types.every(isKind)) return refuse("invalid_types");
  const lacking = types.map((type) => scopes[type]).filter((scope) => !bot.scopes.has(scope));
  if (lacking.length > 0) return lackingScope(bot, lacking);
  const wanted: string[] = types.map((type) => kinds[type]);
  const all = [...workspace.channels.values()].filter(
    (channel) => wanted.includes(channel.kind) && belongs(channel),
  );
  const page = pageOf(all, { ...args, most: largestPage });
  if (!page.ok) return page;
  const shown = page.page.filter((channel) => !(args.exclude_archived && channel.isArchived));
  return {
    ok: true as const,
    channels: shown.map((channel) => channelWire({ workspace, bot }, channel)),
    response_metadata: page.response_metadata,
  };
}

export const listChannels = method({
  name: "conversations.list",
  tier: "t2",
  scopes: readScopes,
  args: listingArgs,
  errors: ["invalid_cursor", "invalid_limit", "invalid_types", "missing_argument", "missing_scope"],
  lacksTeam: "missing_argument",
  run: ({ workspace, bot }, args) =>
    listing(
      { workspace, bot },
      {
        ...args,
        belongs: ({ kind, members }) => kind === "public" || members.has(bot.botUserId),
      },
    ),
});

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
