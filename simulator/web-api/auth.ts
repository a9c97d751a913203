import { z } from "zod";
import { refuse } from "./answer.ts";
import { flag, pageLimit } from "./argument.ts";
import { method } from "./method.ts";
import { pageOf } from "./paging.ts";
import { iconWire } from "./wire/user-wire.ts";

export const authTest = method({
  name: "auth.test",
  tier: "special",
  scopes: [],
  args: z.object({}),
  errors: [],
  run: ({ workspace: { team, enterprise }, bot }) => ({
    ok: true,
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: bot.app.settings.botName.toLowerCase(),
    team_id: team.id,
    user_id: bot.botUserId,
    bot_id: bot.botId,
    ...(enterprise && { enterprise_id: enterprise.id }),
    is_enterprise_install: bot.target.kind === "organisation",
  }),
});

export const authRevoke = method({
  name: "auth.revoke",
  tier: "t3",
  scopes: [],
  args: z.object({ test: flag.optional() }),
  errors: [],
  run({ bot, emit }, { test }) {
    if (test) return { ok: true, revoked: false };
    // Sent before the state changes: a revoked installation gets no events.
    emit({ type: "tokens_revoked", tokens: { oauth: [], bot: [bot.botUserId] } });
    bot.state = "token_revoked";
    return { ok: true, revoked: true };
  },
});

const icon = { ...iconWire([34, 44, 68, 88, 102, 132]), image_default: true };

export const authTeamsList = method({
  name: "auth.teams.list",
  tier: "t2",
  scopes: [],
  args: z.object({ cursor: z.string().optional(), limit: pageLimit, include_icon: flag.optional() }),
  errors: ["invalid_cursor", "invalid_limit"],
  run({ workspace, bot: { target } }, args) {
    const ids = target.kind === "workspace" ? [target.teamId] : [...target.teams];
    const teams = ids.flatMap((id) => workspace.world.workspaces.get(id)?.team ?? []);
    const page = pageOf(teams, args);
    if (!page.ok) return refuse(page.error);
    return {
      ok: true,
      teams: page.page.map(({ id, name }) => ({ id, name, ...(args.include_icon && { icon }) })),
      response_metadata: page.response_metadata,
    };
  },
});
