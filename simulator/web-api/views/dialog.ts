import { checkModal } from "../../block-kit/check.ts";
import type { Modal } from "../../block-kit/shapes/view.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { View } from "../../workspace/view.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";

const largest = 250 * 1024;

/** A dialog that an app sent, checked, with an id for each block that came without; `replaced` gives up its own. */
export function readModal(workspace: Workspace, given: unknown, replaced?: View) {
  if (JSON.stringify(given).length > largest) return refuse("view_too_large");
  const checked = checkModal(given);
  if (!checked.ok)
    return {
      ok: false as const,
      error: "invalid_arguments" as const,
      response_metadata: { messages: checked.messages },
    };
  for (const block of checked.value.blocks) {
    block.block_id ??= workspace.makeId("b");
    if (block.type === "input") block.element.action_id ??= workspace.makeId("a");
    if (block.type === "actions") for (const e of block.elements) e.action_id ??= workspace.makeId("a");
  }
  if (isTaken(workspace, checked.value.external_id, replaced)) return refuse("duplicate_external_id");
  return { ok: true as const, modal: checked.value };
}

const isTaken = ({ views }: Workspace, externalId: string | undefined, except: View | undefined) =>
  Boolean(externalId) &&
  [...views.values()].flat().some((view) => view !== except && view.modal.external_id === externalId);

type Opened = { installation: Installation; user: string; modal: Modal };

/** Puts a dialog on top of what a person has open. */
export function pushView(workspace: Workspace, { installation, user, modal }: Opened): View {
  const stack = workspace.views.get(user) ?? [];
  const id = workspace.makeId("V");
  const view: View = {
    id,
    installation,
    hash: workspace.makeTs(),
    modal,
    rootViewId: stack[0]?.id ?? id,
    previousViewId: stack.at(-1)?.id,
    openedBy: user,
    errors: {},
  };
  workspace.views.set(user, [...stack, view]);
  return view;
}

/** Shows another content in an open dialog. */
export function replaceView(workspace: Workspace, view: View, modal: Modal): void {
  view.modal = modal;
  view.hash = workspace.makeTs();
  view.errors = {};
}

/** An open dialog, by Slack's id or the app's own. */
export const findView = (
  { views }: Workspace,
  by: { id?: string | undefined; externalId?: string | undefined },
) =>
  [...views.values()]
    .flat()
    .find(({ id, modal }) => id === by.id || (by.externalId && modal.external_id === by.externalId));
