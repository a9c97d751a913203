import { z } from "zod";
import { distinct, text } from "../schema/fields.ts";

const scopes = z.array(text(50)).max(255).optional();

/** What the app asks for, and where people return to after they allowed it. */
export const oauthConfig = z.strictObject({
  redirect_urls: distinct(text(2500), { max: 1000 }).optional(),
  scopes: z
    .strictObject({ user: scopes, bot: scopes, user_optional: scopes, bot_optional: scopes })
    .optional(),
  token_management_enabled: z.boolean().optional(),
  pkce_enabled: z.boolean().optional(),
});
