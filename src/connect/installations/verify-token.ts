import type { Refusal } from "../../alert/refusal.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackAccess } from "../slack-access.ts";

/** What Slack says of a bot token: where it is installed, as whom, and what it may do. */
export type VerifiedToken = Exclude<Awaited<ReturnType<typeof verifyToken>>, Refusal>;

/** Asks Slack about a token that somebody gave; Slack's own no is a refusal that says what to do. */
export async function verifyToken({ clientWith }: SlackAccess, token: string) {
  try {
    const tested = await clientWith(token).authTest();
    const appId =
      tested.botId && (await findApp(clientWith(token, tested.teamId ?? undefined), tested.botId));
    return { ...tested, appId: appId ?? null };
  } catch (fault) {
    if (fault instanceof SlackFault && fault.kind === "setup") return tokenRefused(fault.code);
    throw fault;
  }
}

/** `users:read` was withheld, or no workspace of the organisation has let the app in yet. */
const unanswered: readonly string[] = ["missing_scope", "team_not_found", "team_access_not_granted"];

/** Null where Slack can't say yet. */
async function findApp(client: ReturnType<SlackAccess["clientWith"]>, botId: string): Promise<string | null> {
  try {
    return (await client.botsInfo(botId)).appId;
  } catch (fault) {
    if (fault instanceof SlackFault && unanswered.includes(fault.code)) return null;
    throw fault;
  }
}

interface TokenRefusal extends Refusal {
  /** Slack's word for it. */
  code: string;
}

function tokenRefused(code: string): TokenRefusal {
  return {
    refused: "invalid",
    code,
    field: "botToken",
    why: `Slack refuses this token: ${remedyText(code)}`,
  };
}
