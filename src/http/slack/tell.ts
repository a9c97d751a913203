import { SlackFault } from "../../slack/client/slack-fault.ts";
import { renderNotice } from "../../slack/message/render-notice.ts";
import type { Acting } from "./act.ts";

/** Tells one person something that only they see, where they clicked. */
export async function tell(
  { client, who, deps }: Acting,
  at: { responseUrl: string | null; channelId: string | null; threadTs?: string },
  sentences: string,
): Promise<void> {
  const message = renderNotice(sentences);
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
