import type { Refusal } from "../../alert/refusal.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { isRefusedBySlack, SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackAccess } from "../slack-access.ts";

/** A bot token's workspace, bot user, scopes and app, as Slack returned them. */
export type VerifiedToken = Exclude<Awaited<ReturnType<typeof verifyToken>>, Refusal>;

/** Verifies a bot token with Slack. A setup fault is a refusal with a remedy; other `SlackFault`s are thrown. */
export async function verifyToken({ clientWith }: SlackAccess, token: string) {
  try {
    const tested = await clientWith(token).authTest();
    const appId =
      tested.botId && (await findApp(clientWith(token, tested.teamId ?? undefined), tested.botId));
    return { ...tested, appId: appId ?? null };
  } catch (fault) {
    if (isRefusedBySlack(fault)) return tokenRefused(fault.code);
    throw fault;
  }
}

/** `users:read` was withheld, or the app was not added to a workspace of the organisation yet. */
const expectedFaults: readonly string[] = ["missing_scope", "team_not_found", "team_access_not_granted"];

/** The bot's app; null if Slack can't tell yet. */
async function findApp(client: ReturnType<SlackAccess["clientWith"]>, botId: string): Promise<string | null> {
  try {
    return (await client.botsInfo(botId)).appId;
  } catch (fault) {
    if (fault instanceof SlackFault && expectedFaults.includes(fault.code)) return null;
    throw fault;
  }
}

interface TokenRefusal extends Refusal {
  /** Slack's error code. */
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
