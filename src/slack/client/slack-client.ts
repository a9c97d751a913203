import { z } from "zod";
import type { SlackMessage } from "../message.ts";
import { type ClientOptions, openCall, respond } from "./call.ts";
import { messages, views } from "./messages.ts";
import { SlackFault } from "./slack-fault.ts";
import { channels, installation, people } from "./workspace.ts";

export type SlackClient = ReturnType<typeof slackClient>;

/**
 * Slack's Web API for one token. Each call is made once, times out after `timeoutMs` (10 s by default) and throws a
 * `SlackFault`.
 */
export function slackClient(options: ClientOptions) {
  const call = openCall(options);
  return {
    ...messages(call),
    ...views(call),
    ...people(call),
    ...channels(call),
    ...installation(call),
    respond: (responseUrl: string, message: SlackMessage) =>
      respond(responseUrl, { message, how: "privately" }, options),
    /** Replaces the clicked message. Doesn't count against the rate limit of `chat.update`. */
    replaceClicked: (responseUrl: string, message: SlackMessage) =>
      respond(responseUrl, { message, how: "replace" }, options),
  };
}

/** Slack's Web API without a token. */
type Api = Pick<ClientOptions, "apiUrl" | "fetch">;

export type CredentialsAnswer = "ok" | "invalid_client_id" | "bad_client_secret";

/**
 * Whether Slack accepts a Client ID and its secret. No method checks them directly, so an invalid code is exchanged:
 * Slack refuses it only after it has accepted the credentials. Throws a `SlackFault` for any other answer.
 */
export async function checkCredentials(
  api: Api,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<CredentialsAnswer> {
  const call = openCall({ token: "", ...api });
  const args = { client_id: clientId, client_secret: clientSecret, code: "void" };
  try {
    await call("oauth.v2.access", args, z.unknown());
    return "ok";
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    if (fault.code === "invalid_code") return "ok";
    if (fault.code === "invalid_client_id" || fault.code === "bad_client_secret") return fault.code;
    throw fault;
  }
}

/** The code from Slack's redirect, and the app's credentials. */
export interface CodeExchange {
  clientId: string;
  clientSecret: string;
  code: string;
  /** Must equal the one in the authorize URL. */
  redirectUri: string;
}

const grantShape = z
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
    /** True if token rotation is on for the app. */
    expires: Boolean(answer.expires_in),
  }));

export type GrantedToken = z.output<typeof grantShape>;

/** Exchanges an OAuth code, which works once, for the bot token. */
export function exchangeCode(
  api: Api,
  { clientId, clientSecret, code, redirectUri }: CodeExchange,
): Promise<GrantedToken> {
  const call = openCall({ token: "", ...api });
  const args = { client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirectUri };
  return call("oauth.v2.access", args, grantShape);
}
