import { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackMessage } from "../slack/message.ts";
import { publishHome } from "../triage/home/publish-home.ts";
import type { Acting } from "./acting.ts";
import type { infoDialog } from "./dialog-blocks.ts";
import { drawNotice } from "./notices.ts";

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

type View = ReturnType<typeof infoDialog>;

/** What Slack does with a dialog: closes it, shows an error below a field, shows something else in it or on top. */
export type SubmissionAnswer =
  | Record<string, never>
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "update" | "push"; view: View }
  /** Closes all that are open on top of each other. */
  | { response_action: "clear" };

interface At {
  responseUrl: string | null;
  channelId: string | null;
  threadTs?: string;
  view?: { isHome: boolean } | null;
}

/** Tells one person something that only they see, where they clicked: on their home tab it stands at the top. */
export async function tell(by: Acting, at: At, sentences: string): Promise<void> {
  if (!at.view?.isHome) return answer(by, at, drawNotice(sentences));
  try {
    await publishHome(by, sentences);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    by.deps.log.warn({ error: fault.code, user: by.who.userId }, "a home tab could not be drawn");
  }
}
