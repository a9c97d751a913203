import { z } from "zod";
import { method } from "./method.ts";

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
    is_enterprise_install: bot.place.kind === "organisation",
  }),
});
