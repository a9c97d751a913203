import { SlackFault } from "../../slack/client/slack-fault.ts";
import { renderNotice } from "../../slack/message/render-notice.ts";
import type { Acting } from "../../interact/acting.ts";
import { answer } from "../../interact/answer.ts";
import { publishHome } from "../../triage/home/publish-home.ts";

interface At {
  responseUrl: string | null;
  channelId: string | null;
  threadTs?: string;
  view?: { isHome: boolean } | null;
}

/** Tells one person something that only they see, where they clicked: on their home tab it stands at the top. */
export async function tell(by: Acting, at: At, sentences: string): Promise<void> {
  if (!at.view?.isHome) return answer(by, at, renderNotice(sentences));
  try {
    await publishHome(by, sentences);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    by.deps.log.warn({ error: fault.code, user: by.who.userId }, "a home tab could not be drawn");
  }
}
