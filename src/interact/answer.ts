import type { ModalView } from "@slack/types";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackMessage } from "../slack/message.ts";
import type { Acting } from "./acting.ts";
import { drawNotice } from "./notices.ts";

interface PrivateTarget {
  responseUrl: string | null;
  channelId: string | null;
  threadTs?: string;
}

/**
 * Sends a message that only the acting person sees: where they clicked or typed, else in that channel, else as a direct
 * message. A response URL works five times within 30 minutes, and the bot may not be in the channel.
 */
export async function sendPrivately(by: Acting, at: PrivateTarget, message: SlackMessage): Promise<void> {
  const { who, deps } = by;
  for (const send of waysTo(by, at, message)) {
    try {
      await send();
      return;
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      deps.log.warn({ error: fault.code, method: fault.method, user: who.userId }, "private message failed");
    }
  }
}

function waysTo(
  { client, who }: Acting,
  at: PrivateTarget,
  message: SlackMessage,
): (() => Promise<unknown>)[] {
  const { responseUrl, channelId: channel, threadTs } = at;
  return [
    ...(responseUrl ? [() => client.respond(responseUrl, message)] : []),
    ...(channel ? [() => client.postEphemeral({ channel, threadTs, user: who.userId, message })] : []),
    async () => client.postMessage({ channel: await client.conversationsOpen(who.userId), message }),
  ];
}

/**
 * The response to a submitted dialog: closes it, shows errors below fields, or shows another view in it or on
 * top.
 */
export type SubmissionAnswer =
  | Record<string, never>
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "update" | "push"; view: ModalView }
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
  if (!at.view?.isHome || !by.publishHome) return sendPrivately(by, at, drawNotice(sentences));
  try {
    await by.publishHome(by, sentences);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    by.deps.log.warn({ error: fault.code, user: by.who.userId }, "App Home could not be published");
  }
}
