import { isOpen, statusLabels } from "../../alert/alert.ts";
import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { onAnswer, onWhy } from "../../boomerang/answer-dialog.ts";
import { openAskDialog } from "../../boomerang/on-ask.ts";
import { openSuppressDialog } from "../../boomerang/suppression/suppress-dialog.ts";
import { onDigestMenu } from "../../deliver/slack-bot/digest/on-digest-menu.ts";
import {
  type Acting,
  acting,
  actorWith,
  change,
  findAssigneeInSlack,
  toManage,
  tooLateText,
} from "../../interact/acting.ts";
import { notifyPerson } from "../../interact/answer.ts";
import { drawRepeat, notices } from "../../interact/notices.ts";
import { type ClickedCard, identifyClickedCard } from "../../messages/sighting.ts";
import { redrawCard } from "../../messages/want.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { BlockActions, SlackAction } from "../../slack/request/slack-request.ts";
import type { Changed } from "../change-alert.ts";
import type { AlertCommand } from "../decide-change.ts";
import { openDetails, updateDetails } from "../details/on-details.ts";
import { openCloseDialog, openCommentDialog } from "./comment-dialogs.ts";

type ActionOf<Kind extends SlackAction["kind"]> = Extract<SlackAction, { kind: Kind }>;

/** Handles a click on a control after the request was acknowledged. The result shows on the card or in a notice. */
export async function onAction(deps: Deps, request: BlockActions): Promise<void> {
  const by = await acting(deps, request);
  if (!by) return;
  try {
    const card = await recogniseClickedCard(by, request);
    await runAction(by, request);
    if (card.kind === "repeat" && request.responseUrl)
      await by.client.replaceClicked(
        request.responseUrl,
        drawRepeat(`This card of #${card.number}`, card.permalink),
      );
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "click failed");
    await notifyPerson(by, request, notices.slackSilent);
    await redraw(by, request);
  }
}

/** The clicked card may be one whose response was lost, or a second copy. */
async function recogniseClickedCard(
  { deps, installation }: Acting,
  { action, channelId, messageTs, ephemeral }: BlockActions,
): Promise<ClickedCard> {
  if (!("on" in action) || !channelId || !messageTs || ephemeral) return { kind: "known" };
  const { alertId } = action.on;
  return identifyClickedCard(deps.db.kysely, {
    installationId: installation.id,
    channelId,
    ts: messageTs,
    alertId,
  });
}

async function runAction(by: Acting, request: BlockActions): Promise<void> {
  const { action } = request;
  switch (action.kind) {
    case "assign":
      return assign(by, request, action);
    case "status":
      return setStatus(by, request, action);
    case "more":
      return runMoreChoice(by, request, action);
    case "post-card":
      return onDigestMenu(by, request, action);
    case "details-part":
    case "details-page":
    case "details-value":
      return updateDetails(by, request, action);
    case "other":
      return action.actionId === "welcome-check" ? notifyPerson(by, request, notices.buttonsWork) : undefined;
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

async function assign(
  by: Acting,
  request: BlockActions,
  { on, slackUserId }: ActionOf<"assign">,
): Promise<void> {
  const assignee = slackUserId === null ? null : await findAssigneeInSlack(by, slackUserId);
  if (isRefusal(assignee)) await notifyPerson(by, request, assignee.why);
  else await apply(by, request, { alertId: on.alertId, command: { assignee, version: on.version } });
  await redraw(by, request);
}

async function setStatus(
  by: Acting,
  request: BlockActions,
  { on, status }: ActionOf<"status">,
): Promise<void> {
  // A cleared select changes nothing, but its client shows it as empty until the card is edited.
  if (status === null) return redraw(by, request);
  if (isOpen(status)) {
    await apply(by, request, { alertId: on.alertId, command: { status, version: on.version } });
    return redraw(by, request);
  }
  await openCloseDialog(by, request, { on, to: status === "CLOSED" ? "CLOSED" : "RESOLVED" });
  await redraw(by, request);
}

async function runMoreChoice(
  by: Acting,
  request: BlockActions,
  { on, choice }: ActionOf<"more">,
): Promise<void> {
  switch (choice) {
    case "details":
      return openDetails(by, request, on);
    case "comment":
      return openCommentDialog(by, request, on);
    case "assign-me": {
      const me = await findAssigneeInSlack(by, by.who.userId);
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
  const actor = await actorWith(by, toManage, alertId);
  if (isRefusal(actor)) return notifyPerson(by, request, actor.why);
  const changed = await change(by, { alertId, actor, command });
  if (isRefusal(changed)) return notifyPerson(by, request, changed.why);
  if (changed.kind === "conflict") return notifyPerson(by, request, tooLateText(changed));
  // No card shows the result of a click in a private message or on the App Home.
  if (request.ephemeral || request.view?.isHome)
    await notifyPerson(by, request, outcome(changed, { id: actor.id }));
}

async function redraw({ deps }: Acting, { channelId, messageTs }: BlockActions): Promise<void> {
  if (channelId && messageTs) await redrawCard(deps.db.kysely, { channelId, ts: messageTs });
  deps.wake();
}

type AppliedChange = Exclude<Changed, { kind: "conflict" }>;

/** The state of an alert after a person's change, as a notice for them: `#1042 is now Open, assigned to you.` */
export function outcome({ kind, alert }: AppliedChange, me: { id: string | null }): string {
  const { number, status, assignee } = alert;
  const name = assignee?.id === me.id ? "you" : assignee?.name;
  const state = `${statusLabels[status]}, ${name ? `assigned to ${name}` : "unassigned"}`;
  if (kind === "unchanged") return `#${number} is already ${state}. Nothing was changed.`;
  return `#${number} is now ${state}.`;
}
