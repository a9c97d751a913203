import { createHmac } from "node:crypto";
import type { Card } from "../simulator/story/card.ts";
import type { Story } from "./tocsin/story.ts";

interface Click {
  /** A Slack user's id. */
  userId: string;
  /** Slack's own name of this click: the same one again is a retry. */
  triggerId: string;
  /** The card, and the block of its controls as the person saw it. */
  card: Pick<Card, "channel" | "ts">;
  blockId: string;
  action: { action_id: "status" | "assign"; selected_option?: { value: string }; selected_user?: string };
}

/** Sends a click on a card as Slack would, signed, whatever the card shows by now; gives back the HTTP status. */
export async function sendClick({ slack, origin }: Story, click: Click): Promise<number> {
  const { userId, triggerId, card, blockId, action } = click;
  const payload = {
    type: "block_actions",
    user: { id: userId, team_id: "T0ACME0001" },
    team: { id: "T0ACME0001" },
    api_app_id: slack.app.appId,
    trigger_id: triggerId,
    channel: { id: card.channel },
    message: { ts: card.ts },
    actions: [{ ...action, block_id: blockId }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", slack.app.signingSecret).update(`v0:${at}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${signature}`,
  };
  return (await fetch(`${origin}/slack/events`, { method: "POST", headers, body })).status;
}
