import type { Actor } from "../../../alert/actor.ts";
import { isRefusal } from "../../../alert/refusal.ts";
import { notices } from "../../../interact/notices.ts";
import { renderNotice } from "../../../slack/message/render-notice.ts";
import type { SlackMessage } from "../../../slack/message/slack-message.ts";
import type { AlertCommand } from "../../../triage/decide-change.ts";
import { type Acting, assigneeBehind, change, tooLate } from "../../../interact/acting.ts";
import { outcome } from "../outcome.ts";
import { findNumber } from "./find-number.ts";

type Asked = { actor: Actor; number: number };

/** Assigns an alert to somebody who was named, or to whoever asks. */
export async function assignBy(
  by: Acting,
  { slackUserId, ...asked }: Asked & { slackUserId: string | null },
): Promise<SlackMessage> {
  const assignee = await assigneeBehind(by, slackUserId ?? by.who.userId);
  return isRefusal(assignee) ? renderNotice(assignee.why) : apply(by, asked, { assignee });
}

/** Resolves an alert, with what was found. */
export async function resolveBy(
  by: Acting,
  { comment, ...asked }: Asked & { comment: string | null },
): Promise<SlackMessage> {
  return apply(by, asked, { status: "RESOLVED", ...(comment !== null && { comment }) });
}

async function apply(by: Acting, { actor, number }: Asked, command: AlertCommand): Promise<SlackMessage> {
  const alertId = await findNumber(by.deps, number);
  if (alertId === null) return renderNotice(`${notices.noAlert(number)} Nothing was changed.`);
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed)) {
    const how =
      changed.field === "comment" ? ` For instance: /tocsin resolve ${number} VPN exit, confirmed` : "";
    return renderNotice(`${changed.why}${how}`);
  }
  return renderNotice(changed.kind === "conflict" ? tooLate(changed) : outcome(changed, { id: actor.id }));
}
