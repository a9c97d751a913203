import { z } from "zod";
import type { Channel } from "../../workspace/channel.ts";
import { refuse } from "../answer.ts";
import { flag, list, pageLimit } from "../argument.ts";
import type { BotContext } from "../caller.ts";
import { refuseMissingScope } from "../gateway/authorize.ts";
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

const listArgs = z.object({
  types: list.optional(),
  exclude_archived: flag.optional(),
  cursor: z.string().optional(),
  limit: pageLimit,
  team_id: z.string().optional(),
});

/** Slack's maximum page size for conversations. */
const maxPageSize = 999;

type ListParams = z.output<typeof listArgs> & { include: (channel: Channel) => boolean };

/** One page of conversations. As in Slack, archived ones are removed after paging, so pages can be short. */
function listPage({ workspace, bot }: BotContext, { include, ...args }: ListParams) {
  const types = args.types ?? ["public_channel"];
  if (!types.every(isKind)) return refuse("invalid_types");
  const missingScopes = types.map((type) => scopes[type]).filter((scope) => !bot.scopes.has(scope));
  if (missingScopes.length > 0) return refuseMissingScope(bot, missingScopes);
  const wanted: string[] = types.map((type) => kinds[type]);
  const all = [...workspace.channels.values()].filter(
    (channel) => wanted.includes(channel.kind) && include(channel),
  );
  const page = pageOf(all, { ...args, max: maxPageSize });
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
  args: listArgs,
  errors: ["invalid_cursor", "invalid_limit", "invalid_types", "missing_argument", "missing_scope"],
  missingTeamError: "missing_argument",
  run: ({ workspace, bot }, args) =>
    listPage(
      { workspace, bot },
      {
        ...args,
        include: ({ kind, members }) => kind === "public" || members.has(bot.botUserId),
      },
    ),
});

/** The types that a bot may list for other people. */
const allowedForOthers = ["public_channel", "private_channel"];

export const conversations = method({
  name: "users.conversations",
  tier: "t3",
  scopes: readScopes,
  args: listArgs.extend({ user: z.string().optional() }),
  errors: [
    "invalid_cursor",
    "invalid_limit",
    "invalid_types",
    "method_not_supported_for_channel_type",
    "missing_argument",
    "missing_scope",
  ],
  missingTeamError: "missing_argument",
  run({ workspace, bot }, args) {
    const user = args.user || bot.botUserId;
    const isOther = user !== bot.botUserId;
    if (isOther && args.types?.some((type) => type.endsWith("im") && !allowedForOthers.includes(type)))
      return refuse("method_not_supported_for_channel_type");
    const found = listPage(
      { workspace, bot },
      {
        ...args,
        include: ({ kind, members }) =>
          members.has(user) && (!isOther || kind === "public" || members.has(bot.botUserId)),
      },
    );
    if (!found.ok) return found;
    // Slack leaves out membership and the number of members here.
    const channels = found.channels.map(({ is_member, num_members, ...channel }) => channel);
    return { ...found, channels };
  },
});
