import { renderNotice } from "../../slack/message/render-notice.ts";
import type { Acting } from "./act.ts";
import { answer } from "./answer.ts";

/** Tells one person something that only they see, where they clicked. */
export function tell(
  by: Acting,
  at: { responseUrl: string | null; channelId: string | null; threadTs?: string },
  sentences: string,
): Promise<void> {
  return answer(by, at, renderNotice(sentences));
}
