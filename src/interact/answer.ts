import { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackMessage } from "../slack/message/slack-message.ts";
import type { Acting } from "./acting.ts";

/** Shows one person a message that only they see, where they clicked or typed. */
export async function answer(
  { client, who, deps }: Acting,
  at: { responseUrl: string | null; channelId: string | null; threadTs?: string },
  message: SlackMessage,
): Promise<void> {
  try {
    if (at.responseUrl) await client.respond(at.responseUrl, message);
    else if (at.channelId) {
      const place = { channel: at.channelId, threadTs: at.threadTs };
      await client.postEphemeral({ ...place, user: who.userId, message });
    }
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    // Nothing was changed and the card shows so; that it couldn't be explained is for the operator.
    deps.log.warn({ error: fault.code, user: who.userId }, "a person in Slack could not be told");
  }
}
