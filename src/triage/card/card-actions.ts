import { isOpen, statusLabels } from "../../alert/alert.ts";
import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { onAnswer, onWhy } from "../../boomerang/answer-dialog.ts";
import { openAskDialog } from "../../boomerang/on-ask.ts";
import { openSuppressDialog } from "../../boomerang/suppression/suppress-dialog.ts";
import { postAfterAll } from "../../deliver/slack-bot/digest/on-digest-menu.ts";
import {
  type Acting,
  acting,
  actorWith,
  assigneeBehind,
  change,
  toManage,
  tooLate,
} from "../../interact/acting.ts";
import { tell } from "../../interact/answer.ts";
import { drawRepeat, notices } from "../../interact/notices.ts";
import { type Recognised, recogniseCard } from "../../messages/sighting.ts";
import { redrawCard } from "../../messages/want.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { BlockActions, SlackAction } from "../../slack/request/slack-request.ts";
import type { Changed } from "../change-alert.ts";
import type { AlertCommand } from "../decide-change.ts";
import { openDetails, turnDetails } from "../details/on-details.ts";
import { openCloseDialog, openCommentDialog } from "./comment-dialogs.ts";

type On<Kind extends SlackAction["kind"]> = Extract<SlackAction, { kind: Kind }>;

/** Somebody used a control. Slack has been answered; what comes of it, they see on the card. */
export async function onAction(deps: Deps, request: BlockActions): Promise<void> {
  const by = await acting(deps, request);
  if (!by) return;
  try {
    const card = await recognise(by, request);
    await act(by, request);
    if (card.kind === "repeat" && request.responseUrl)
      await by.client.replaceClicked(
        request.responseUrl,
        drawRepeat(`This card of #${card.number}`, card.permalink),
      );
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "a click came to nothing");
    await tell(by, request, notices.slackSilent);
    await redraw(by, request);
  }
}

/** The card may be one whose answer was lost, or one too many. */
async function recognise(
  { deps, installation }: Acting,
  { action, channelId, messageTs, ephemeral }: BlockActions,
): Promise<Recognised> {
  if (!("on" in action) || !channelId || !messageTs || ephemeral) return { kind: "known" };
  const { alertId } = action.on;
  return recogniseCard(deps.db.kysely, {
    installationId: installation.id,
    channelId,
    ts: messageTs,
    alertId,
  });
}

async function act(by: Acting, request: BlockActions): Promise<void> {
  const { action } = request;
  switch (action.kind) {
    case "assign":
      return assign(by, request, action);
    case "status":
      return setStatus(by, request, action);
    case "more":
      return more(by, request, action);
    case "post-card":
      return postAfterAll(by, request, action);
    case "details-part":
    case "details-page":
    case "details-value":
      return turnDetails(by, request, action);
    case "other":
      return action.actionId === "welcome-check" ? tell(by, request, notices.buttonsWork) : undefined;
    case "boomerang":
      return openAskDialog(by, request, action.on);
    case "answer":
      return onAnswer(by, request, action);
    case "why-asked":
      return onWhy(by, request, action.askId);
    case "link":
      return;
    default:
      return action satisfies never;
  }
}

async function assign(by: Acting, request: BlockActions, { on, slackUserId }: On<"assign">): Promise<void> {
  const assignee = slackUserId === null ? null : await assigneeBehind(by, slackUserId);
  if (isRefusal(assignee)) await tell(by, request, assignee.why);
  else await apply(by, request, { alertId: on.alertId, command: { assignee, version: on.version } });
  await redraw(by, request);
}

async function setStatus(by: Acting, request: BlockActions, { on, status }: On<"status">): Promise<void> {
  // A cleared select changes nothing; redrawing shows that.
  if (status === null) return redraw(by, request);
  if (isOpen(status)) {
    await apply(by, request, { alertId: on.alertId, command: { status, version: on.version } });
    return redraw(by, request);
  }
  await openCloseDialog(by, request, { on, to: status === "CLOSED" ? "CLOSED" : "RESOLVED" });
  await redraw(by, request);
}

async function more(by: Acting, request: BlockActions, { on, choice }: On<"more">): Promise<void> {
  switch (choice) {
    case "details":
      return openDetails(by, request, on);
    case "comment":
      return openCommentDialog(by, request, on);
    case "assign-me": {
      const me = await assigneeBehind(by, by.who.userId);
      const assignee = isRefusal(me) ? undefined : me;
      return apply(by, request, {
        alertId: on.alertId,
        command: { version: on.version, ...(assignee && { assignee }) },
      });
    }
    case "suppress":
      return openSuppressDialog(by, request, on);
    case "unassign":
      return apply(by, request, { alertId: on.alertId, command: { assignee: null, version: on.version } });
    default:
      return choice satisfies never;
  }
}

async function apply(
  by: Acting,
  request: BlockActions,
  { alertId, command }: { alertId: string; command: AlertCommand },
): Promise<void> {
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return tell(by, request, actor.why);
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed)) return tell(by, request, changed.why);
  if (changed.kind === "conflict") return tell(by, request, tooLate(changed));
  // Where no card shows it, a sentence has to.
  if (request.ephemeral || request.view?.isHome) await tell(by, request, outcome(changed, { id: actor.id }));
}

async function redraw({ deps }: Acting, { channelId, messageTs }: BlockActions): Promise<void> {
  if (channelId && messageTs) await redrawCard(deps.db.kysely, { channelId, ts: messageTs });
  deps.wake();
}

type Done = Exclude<Changed, { kind: "conflict" }>;

/** How an alert stands after somebody changed it, for them to read: `#1042 is now Open, assigned to you.` */
export function outcome({ kind, alert }: Done, me: { id: string | null }): string {
  const { number, status, assignee } = alert;
  const name = assignee?.id === me.id ? "you" : assignee?.name;
  const state = `${statusLabels[status]}, ${name ? `assigned to ${name}` : "unassigned"}`;
  if (kind === "unchanged") return `#${number} is ${state} already. Nothing was changed.`;
  return `#${number} is now ${state}.`;
}
