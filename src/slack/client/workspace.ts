import { z } from "zod";
import type { Call } from "./call.ts";
import { SlackFault } from "./slack-fault.ts";

const authTestShape = z
  .object({
    url: z.string(),
    team: z.string().nullish(),
    team_id: z.string().nullish(),
    user: z.string().nullish(),
    user_id: z.string(),
    bot_id: z.string().nullish(),
    enterprise_id: z.string().nullish(),
    is_enterprise_install: z.boolean().nullish(),
    response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
  })
  .transform((answer) => ({
    url: answer.url,
    team: answer.team ?? null,
    teamId: answer.team_id ?? null,
    enterpriseId: answer.enterprise_id ?? null,
    orgInstall: answer.is_enterprise_install ?? false,
    botUserId: answer.user_id,
    botName: answer.user ?? null,
    botId: answer.bot_id ?? null,
    /** The granted scopes, which may be fewer than the manifest asks for. Null without the header `x-oauth-scopes`. */
    scopes: answer.response_metadata?.scopes ?? null,
  }));

const teamsPage = z.object({
  teams: z.array(z.object({ id: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

type SlackInstallation = z.output<typeof authTestShape>;

export function installation(call: Call) {
  return {
    /** The installation and the scopes of the token. Needs no scope. */
    authTest: (): Promise<SlackInstallation> => call("auth.test", {}, authTestShape),

    /** Ids of an organisation's workspaces that the app was added to. Slack allows 20 pages a minute; few need two. */
    async authTeamsList(): Promise<string[]> {
      const teams: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await call("auth.teams.list", { limit: 1000, cursor }, teamsPage);
        teams.push(...page.teams.map(({ id }) => id));
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor);
      return teams;
    },

    /** The address of a socket, good for one connection. Needs an App-Level Token. */
    async openConnection(): Promise<string> {
      const { url } = await call("apps.connections.open", {}, z.object({ url: z.string() }));
      return url;
    },

    /** The app of a bot, which `auth.test` doesn't return. */
    async botsInfo(botId: string): Promise<{ appId: string | null; name: string | null }> {
      const answer = z.object({
        bot: z.object({ app_id: z.string().nullish(), name: z.string().nullish() }),
      });
      const { bot } = await call("bots.info", { bot: botId }, answer);
      return { appId: bot.app_id ?? null, name: bot.name ?? null };
    },
  };
}

const channelShape = z.object({
  id: z.string(),
  name: z.string().nullish(),
  is_private: z.boolean().nullish(),
  is_archived: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
  is_ext_shared: z.boolean().nullish(),
  context_team_id: z.string().nullish(),
});

export type SlackChannel = ReturnType<typeof slackChannel>;

/** A channel as Slack describes it. `member` says whether the bot is in it; null in lists that don't say. */
function slackChannel(channel: z.output<typeof channelShape>) {
  return {
    id: channel.id,
    name: channel.name ?? null,
    private: channel.is_private ?? false,
    archived: channel.is_archived ?? false,
    member: channel.is_member ?? null,
    sharedOutside: channel.is_ext_shared ?? false,
    teamId: channel.context_team_id ?? null,
  };
}

const channel = channelShape.transform(slackChannel);
const page = z
  .object({
    channels: z.array(channel),
    response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
  })
  .transform(({ channels, response_metadata }) => ({
    channels,
    next: response_metadata?.next_cursor || null,
  }));

/** Slack removes archived channels after it cuts the page, so pages may be short or empty before the last. */
const listing = { types: "public_channel,private_channel", exclude_archived: true, limit: 999 };

export function channels(call: Call) {
  return {
    async conversationsInfo(id: string): Promise<SlackChannel> {
      return (await call("conversations.info", { channel: id }, z.object({ channel }))).channel;
    },

    async conversationsOpen(userId: string): Promise<string> {
      const opened = await call("conversations.open", { users: userId }, z.object({ channel: channelShape }));
      return opened.channel.id;
    },

    /** One page of the channels that the bot is in. `next` is the next page's cursor. */
    listUserConversations: (cursor?: string) => call("users.conversations", { ...listing, cursor }, page),

    /** One page of all channels that the bot may see. Slack allows 20 pages a minute. */
    conversationsList: (cursor?: string) => call("conversations.list", { ...listing, cursor }, page),
  };
}

const userShape = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_email_confirmed: z.boolean().nullish(),
  tz: z.string().nullish(),
  enterprise_user: z.object({ enterprise_id: z.string().nullish() }).nullish(),
  profile: z.object({ email: z.string().nullish(), display_name: z.string().nullish() }).nullish(),
});
const answer = z.object({ user: userShape.transform(slackUser) });
const firstPage = z.object({ members: z.array(userShape.transform(slackUser)) });

export type SlackUser = ReturnType<typeof slackUser>;

/** A person as Slack describes them. `emailConfirmed` is null if Slack doesn't say. */
function slackUser(user: z.output<typeof userShape>) {
  return {
    id: user.id,
    teamId: user.team_id ?? null,
    enterpriseId: user.enterprise_user?.enterprise_id ?? null,
    name: user.profile?.display_name || user.real_name || user.name || user.id,
    email: user.profile?.email ?? null,
    emailConfirmed: user.is_email_confirmed ?? null,
    /** IANA name, as the person has set it; null if Slack doesn't say. */
    timezone: user.tz ?? null,
    deleted: user.deleted ?? false,
    bot: user.is_bot ?? false,
    guest: (user.is_restricted || user.is_ultra_restricted) ?? false,
  };
}

/** Lookups of people; null if the app can see no such person. */
export function people(call: Call) {
  return {
    usersInfo: (user: string) => userOrNull(call("users.info", { user }, answer)),
    /** The first page of a workspace's people (999). */
    usersList: async () => (await call("users.list", { limit: 999 }, firstPage)).members,
    lookupByEmail: (email: string) => userOrNull(call("users.lookupByEmail", { email }, answer)),
  };
}

async function userOrNull(call: Promise<{ user: SlackUser }>): Promise<SlackUser | null> {
  try {
    return (await call).user;
  } catch (error) {
    if (error instanceof SlackFault && error.kind === "gone") return null;
    throw error;
  }
}
