import { z } from "zod";
import { SlackFault } from "./slack-fault.ts";
import { callWith } from "./call.ts";

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
