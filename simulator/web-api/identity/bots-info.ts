import { z } from "zod";
import { refuse } from "../answer.ts";
import { method } from "../method.ts";

export const botsInfo = method({
  name: "bots.info",
  tier: "t3",
  scopes: ["users:read"],
  args: z.object({ bot: z.string().optional() }),
  errors: ["bot_not_found", "missing_argument"],
  run({ app }, { bot }) {
    if (!bot) return refuse("missing_argument");
    if (bot !== app.botId) return refuse("bot_not_found");
    return {
      ok: true,
      bot: {
        id: app.botId,
        deleted: app.state !== "installed",
        name: app.name,
        updated: 1_795_600_000,
        app_id: app.id,
        user_id: app.botUserId,
        icons: {},
      },
    };
  },
});
