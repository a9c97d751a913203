import { checkModal } from "../block-kit/check.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Modal } from "../block-kit/schema/view.ts";
import type { Installation } from "../workspace/installation.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { refuse } from "./answer.ts";

/** Of a view as JSON, in characters. */
export const largestView = 250 * 1024;

/** A dialog that an app sent, checked, with an id for each block that came without; `replaced` gives up its own. */
export function readModal(workspace: Workspace, given: unknown, replaced?: View) {
  if (JSON.stringify(given).length > largestView) return refuse("view_too_large");
  const checked = checkModal(given);
  if (!checked.ok)
    return {
      ok: false as const,
      error: "invalid_arguments" as const,
      response_metadata: { messages: checked.messages },
    };
  nameBlocks(workspace, checked.value.blocks);
  if (isTaken(workspace, checked.value.external_id, replaced?.id)) return refuse("duplicate_external_id");
  return { ok: true as const, modal: checked.value };
}

/** Gives an id to each block and element that came without, as Slack does. */
export function nameBlocks(workspace: Workspace, blocks: readonly Block[]): void {
  for (const block of blocks) {
    block.block_id ??= workspace.makeId("b");
    if (block.type === "input") block.element.action_id ??= workspace.makeId("a");
    if (block.type === "actions") for (const e of block.elements) e.action_id ??= workspace.makeId("a");
    if (block.type === "section" && block.accessory && block.accessory.type !== "image")
      block.accessory.action_id ??= workspace.makeId("a");
  }
}

/** Whether the app's own id for a view is in use, by another view than the one of this id. */
export function isTaken(
  { views, homes }: Workspace,
  externalId: string | undefined,
  except?: string,
): boolean {
  if (!externalId) return false;
  const dialogs = [...views.values()].flat().map(({ id, modal }) => ({ id, externalId: modal.external_id }));
  const tabs = [...homes.values()].map(({ id, home }) => ({ id, externalId: home.external_id }));
  return [...dialogs, ...tabs].some((view) => view.id !== except && view.externalId === externalId);
}

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
