import { z } from "zod";
import { callWith } from "./call.ts";

/** What Slack sent a browser back with, and the app's own credentials. */
export interface CodeExchange {
  clientId: string;
  clientSecret: string;
  code: string;
  /** The same as when the browser was sent to Slack. */
  redirectUri: string;
}

const granted = z
  .object({
    app_id: z.string(),
    access_token: z.string(),
    expires_in: z.number().nullish(),
    enterprise: z.object({ name: z.string().nullish() }).nullish(),
  })
  .transform((answer) => ({
    enterpriseName: answer.enterprise?.name ?? null,
    appId: answer.app_id,
    token: answer.access_token,
    /** Token rotation is on for the app. */
    expires: Boolean(answer.expires_in),
  }));

export type GrantedToken = z.output<typeof granted>;

/** Fetches the bot token for a code, which is spent by that. The app shows who it is by its secret, without a token. */
export function exchangeCode(
  apiUrl: string,
  { clientId, clientSecret, code, redirectUri }: CodeExchange,
): Promise<GrantedToken> {
  const call = callWith({ token: "", apiUrl });
  const args = { client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirectUri };
  return call("oauth.v2.access", args, granted);
}
