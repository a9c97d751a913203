import type { Refusal } from "../../alert/refusal.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";

const where = "in Slack under Basic Information > App-Level Tokens";

/** Asks Slack whether an App-Level Token opens sockets; Slack's own no is a refusal that says what to do. */
export async function verifyAppToken({ clientWith }: SlackAccess, token: string): Promise<Refusal | null> {
  try {
    await clientWith(token).openConnection();
    return null;
  } catch (fault) {
    if (!(fault instanceof SlackFault) || fault.kind !== "set-up") throw fault;
    return { refused: "invalid", field: "appToken", why: why(fault.code) };
  }
}

function why(code: string): string {
  switch (code) {
    case "invalid_auth":
      return `Slack doesn't know this App-Level Token: it was revoked, or is not whole. Generate one ${where}.`;
    case "missing_scope":
      return `This App-Level Token lacks connections:write. Generate one with that scope ${where}.`;
    case "not_allowed_token_type":
      return `This is no App-Level Token. Copy the one that begins with xapp-, ${where}.`;
    default:
      return `Slack refuses this App-Level Token (${code}). Generate another ${where}.`;
  }
}
