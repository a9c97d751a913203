import { z } from "zod";
import { installationOfBot } from "../workspace/world.ts";
import { refuse } from "./answer.ts";
import { method } from "./method.ts";
import { iconWire } from "./wire/user-wire.ts";

export const botsInfo = method({
  name: "bots.info",
  tier: "t3",
  scopes: ["users:read"],
  args: z.object({ bot: z.string().optional(), team_id: z.string().optional() }),
  errors: ["bot_not_found", "missing_argument", "team_not_found"],
  missingTeamError: "missing_argument",
  unknownTeamError: "team_not_found",
  run({ workspace }, args) {
    if (!args.bot) return refuse("missing_argument");
    const found = installationOfBot(workspace, args.bot);
    if (!found) return refuse("bot_not_found");
    return {
      ok: true,
      bot: {
        id: found.botId,
        deleted: found.state !== "installed",
        name: found.app.settings.botName,
        updated: 1_795_600_000,
        app_id: found.app.id,
        user_id: found.botUserId,
        icons: iconWire([36, 48, 72]),
      },
    };
  },
});
