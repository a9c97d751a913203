import type { Deps } from "../api/deps.ts";
import { type ClickedCard, identifyClickedCard } from "../messages/sighting.ts";
import { redrawCard } from "../messages/want.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { BlockActions, Clicked } from "../slack/request/slack-request.ts";
import { type Acting, acting, type PublishHome } from "./acting.ts";
import { notifyPerson } from "./answer.ts";
import { readControlsId } from "./card-ref.ts";
import { drawRepeat, notices } from "./notices.ts";
import type { SlackAction } from "./slack-action.ts";

interface Controls {
  actions: readonly SlackAction[];
  publishHome: PublishHome;
}

/** Handles a click on a control after the request was acknowledged. The result shows on the card or in a notice. */
export async function onAction(
  deps: Deps,
  { actions, publishHome }: Controls,
  request: BlockActions,
): Promise<void> {
  const action = findAction(actions, request.action);
  const what = action?.read(request.action) ?? null;
  if (!action || what === null) return;
  const found = await acting(deps, request);
  if (!found) return;
  const by = { ...found, publishHome };
  try {
    const card = await recogniseClickedCard(by, request);
    await action.act(by, request, what);
    if (card.kind === "repeat" && request.responseUrl)
      await by.client.replaceClicked(
        request.responseUrl,
        drawRepeat(`This card of #${card.number}`, card.permalink),
      );
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log.warn({ error: fault.code, method: fault.method }, "click failed");
    await notifyPerson(by, request, notices.slackFailed(fault.code));
    await redrawClicked(by, request);
  }
}

/** The action of a clicked control; undefined for a link button. */
export function findAction(actions: readonly SlackAction[], { id, value }: Clicked): SlackAction | undefined {
  const find = (wanted: string) => actions.find((action) => action.id === wanted);
  return find(id) ?? find(`${id}:${value}`);
}

/** The clicked card may be one whose response was lost, or a second copy. */
async function recogniseClickedCard(
  { deps, installation }: Acting,
  { action, channelId, messageTs, ephemeral }: BlockActions,
): Promise<ClickedCard> {
  const on = readControlsId(action.blockId);
  if (!on || !channelId || !messageTs || ephemeral) return { kind: "known" };
  return identifyClickedCard(deps.db.kysely, {
    installationId: installation.id,
    channelId,
    ts: messageTs,
    alertId: on.alertId,
  });
}

/** Has the clicked card drawn again, whatever its client shows now. */
export async function redrawClicked(
  { deps }: Acting,
  { channelId, messageTs }: Pick<BlockActions, "channelId" | "messageTs">,
): Promise<void> {
  if (channelId && messageTs) await redrawCard(deps.db.kysely, { channelId, ts: messageTs });
  deps.wake();
}
