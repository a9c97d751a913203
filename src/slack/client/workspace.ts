import { z } from "zod";
import type { Call } from "./call.ts";

const tested = z
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
    /** What was granted, which may be less than the manifest asks for. */
    scopes: answer.response_metadata?.scopes ?? [],
  }));

const teamsPage = z.object({
  teams: z.array(z.object({ id: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

export type SlackInstallation = z.output<typeof tested>;

export function installation(call: Call) {
  return {
    /** Whose token this is, and what it may do. Costs nothing: it needs no scope. */
    authTest: (): Promise<SlackInstallation> => call("auth.test", {}, tested),

    /** The workspaces that an organisation has let the app into: 20 pages a minute, of which few need two. */
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

    /** With an app-level token: the address of a socket, good for one connection. */
    async openConnection(): Promise<string> {
      const { url } = await call("apps.connections.open", {}, z.object({ url: z.string() }));
      return url;
    },

    /** Which app a bot belongs to; `auth.test` doesn't say. */
    async botsInfo(botId: string): Promise<{ appId: string | null; name: string | null }> {
      const answer = z.object({
        bot: z.object({ app_id: z.string().nullish(), name: z.string().nullish() }),
      });
      const { bot } = await call("bots.info", { bot: botId }, answer);
      return { appId: bot.app_id ?? null, name: bot.name ?? null };
    },
  };
}
