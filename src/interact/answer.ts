import { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackMessage } from "../slack/message.ts";
import { publishHome } from "../triage/home/publish-home.ts";
import type { Acting } from "./acting.ts";
import type { infoDialog } from "./dialog-blocks.ts";
import { drawNotice } from "./notices.ts";

/** Sends a message that only the acting person sees, where they clicked or typed. A fault of Slack is logged. */
export async function sendPrivately(
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
    // The person sees no explanation, so the operator gets one.
    deps.log.warn({ error: fault.code, user: who.userId }, "private message could not be sent");
  }
}

type View = ReturnType<typeof infoDialog>;

/**
 * The response to a submitted dialog: closes it, shows errors below fields, or shows another view in it or on
 * top.
 */
export type SubmissionAnswer =
  | Record<string, never>
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "update" | "push"; view: View }
  /** Closes all open views of the dialog. */
  | { response_action: "clear" };

interface NoticeTarget {
  responseUrl: string | null;
  channelId: string | null;
  threadTs?: string;
  view?: { isHome: boolean } | null;
}

/** Shows the acting person a notice that only they see, where they clicked; on the App Home at its top. */
export async function notifyPerson(by: Acting, at: NoticeTarget, sentences: string): Promise<void> {
  if (!at.view?.isHome) return sendPrivately(by, at, drawNotice(sentences));
  try {
    await publishHome(by, sentences);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    by.deps.log.warn({ error: fault.code, user: by.who.userId }, "App Home could not be published");
  }
}
