import { z } from "zod";
import { flag } from "../argument.ts";
import { method } from "../method.ts";

export const authRevoke = method({
  name: "auth.revoke",
  tier: "t3",
  scopes: [],
  args: z.object({ test: flag.optional() }),
  errors: [],
  run({ bot, emit }, { test }) {
    if (test) return { ok: true, revoked: false };
    // While it still listens: afterwards nothing is sent to it any more.
    emit({ type: "tokens_revoked", tokens: { oauth: [], bot: [bot.botUserId] } });
    bot.state = "token_revoked";
    return { ok: true, revoked: true };
  },
});
