import { sendInteraction } from "../callbacks/call-app.ts";
import { action, envelope } from "../callbacks/interaction-payload.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { viewWire } from "../web-api/wire/view-wire.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import { dialogValues, type FilledValues, findControl } from "./control-values.ts";
import { noResponseText, showNotice } from "./notice.ts";
import { type SearchResult, suggest, suggestionsOf } from "./suggestions.ts";
import type { ControlUse } from "./use-message-control.ts";

/** Uses a control of a dialog that sends `block_actions`. Resolves to whether the app acknowledged it. */
export async function useDialogControl(
  context: WorkspaceContext,
  user: User,
  { view, use, filled }: { view: View; use: ControlUse; filled: FilledValues },
): Promise<boolean> {
  const { workspace } = context;
  const element = findControl(view.modal.blocks, use);
  if (!element) throw new Error(`The dialog has no control ${use.blockId}/${use.actionId}`);
  const values = { ...filled, [use.blockId]: { ...filled[use.blockId], [use.actionId]: use.picked } };
  const payload = {
    type: "block_actions",
    ...envelope(workspace, view.installation, user),
    container: { type: "view", view_id: view.id },
    trigger_id: issueTrigger(workspace, { installation: view.installation, user: user.id, viewId: view.id }),
    view: viewWire(workspace, view, dialogValues(workspace, { view, filled: values })),
    actions: [
      action(element, {
        ...use,
        at: workspace.makeTs(),
        suggested: suggestionsOf(workspace, { ...use, container: view.id, user: user.id }),
      }),
    ],
  };
  const reply = await sendInteraction(context, view.installation, { payload });
  if (!reply.ok) showNotice(context, user, { text: noResponseText(view.installation) });
  return reply.ok;
}

type DialogSearch = {
  view: View;
  search: { blockId: string; actionId: string; value: string };
  filled: FilledValues;
};

/** Searches in an external select of a dialog as a person. */
export function suggestInDialog(
  context: WorkspaceContext,
  user: User,
  { view, search, filled }: DialogSearch,
): Promise<SearchResult> {
  const { workspace } = context;
  return suggest(context, user, {
    ...search,
    installation: view.installation,
    container: view.id,
    element: findControl(view.modal.blocks, search),
    about: {
      container: { type: "view", view_id: view.id },
      view: viewWire(workspace, view, dialogValues(workspace, { view, filled })),
    },
  });
}

/**
 * Cancels a dialog as a person; `all` closes it with × together with those below it. Apps get `view_closed` for each
 * dialog with `notify_on_close`, the top one first.
 */
export async function closeDialog(
  context: WorkspaceContext,
  user: User,
  { view, all }: { view: View; all: boolean },
): Promise<void> {
  const { workspace, changeFeed } = context;
  const stack = workspace.views.get(user.id) ?? [];
  const isCleared = all || view.modal.clear_on_close === true;
  workspace.views.set(user.id, isCleared ? [] : stack.filter((other) => other !== view));
  changeFeed.bump();
  const closed = isCleared ? stack.toReversed() : [view];
  for (const one of closed.filter(({ modal }) => modal.notify_on_close))
    await sendInteraction(context, one.installation, {
      payload: {
        type: "view_closed",
        ...envelope(workspace, one.installation, user),
        view: viewWire(workspace, one, dialogValues(workspace, { view: one, filled: {} })),
        is_cleared: isCleared,
        response_urls: [],
      },
    });
}
