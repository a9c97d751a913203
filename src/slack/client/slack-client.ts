import { z } from "zod";
import type { SlackMessage } from "../message.ts";
import { type ClientOptions, callWith, respond } from "./call.ts";
import { messages, views } from "./messages.ts";
import { SlackFault } from "./slack-fault.ts";
import { channels, installation, people } from "./workspace.ts";

export type SlackClient = ReturnType<typeof slackClient>;

/**
 * The calls that Tocsin makes to Slack as one installation. Each is tried once, waits 10 s at most unless
 * told otherwise, and throws a `SlackFault` that says what its failure asks for.
 */
export function slackClient(options: ClientOptions) {
  const call = callWith(options);
  return {
    ...messages(call),
    ...views(call),
    ...people(call),
    ...channels(call),
    ...installation(call),
    respond: (responseUrl: string, message: SlackMessage) =>
      respond(responseUrl, { message, how: "privately" }, options.timeoutMs ?? 10_000),
    /** Puts another message in the place of the one that was clicked; costs nothing of `chat.update`'s rate. */
    replaceClicked: (responseUrl: string, message: SlackMessage) =>
      respond(responseUrl, { message, how: "in-its-place" }, options.timeoutMs ?? 10_000),
  };
}

export type CredentialsAnswer = "ok" | "invalid_client_id" | "bad_client_secret";

/**
 * Whether Slack knows a Client ID and its secret. No method tells it outright: a code that is void is refused
 * only after they were found right. Throws a `SlackFault` when Slack says something else.
 */
export async function checkCredentials(
  apiUrl: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<CredentialsAnswer> {
  const call = callWith({ token: "", apiUrl });
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
