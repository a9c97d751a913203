import { z } from "zod";
import { method } from "../method.ts";

export const authTest = method({
  name: "auth.test",
  tier: "special",
  scopes: [],
  args: z.object({}),
  errors: ["internal_error", "invalid_auth"],
  run: ({ team, app }) => ({
    ok: true,
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: app.name.toLowerCase(),
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  }),
});
