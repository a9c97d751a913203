import { checkModal } from "../block-kit/check.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Modal } from "../block-kit/schema/view.ts";
import type { Installation } from "../workspace/installation.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { refuse } from "./answer.ts";

/** The maximum length of a view as JSON, in characters. */
export const maxViewLength = 250 * 1024;

/** Checks a modal from an app and adds missing IDs. It may reuse the `external_id` of the view that it replaces. */
export function readModal(workspace: Workspace, given: unknown, replaced?: View) {
  if (JSON.stringify(given).length > maxViewLength) return refuse("view_too_large");
  const checked = checkModal(given);
  if (!checked.ok)
    return {
      ok: false as const,
      error: "invalid_arguments" as const,
      response_metadata: { messages: checked.messages },
    };
  nameBlocks(workspace, checked.value.blocks);
  if (isExternalIdTaken(workspace, checked.value.external_id, replaced?.id))
    return refuse("duplicate_external_id");
  return { ok: true as const, modal: checked.value };
}

/** Adds the missing IDs of blocks and elements in place, as Slack does. */
export function nameBlocks(workspace: Workspace, blocks: readonly Block[]): void {
  for (const block of blocks) {
    block.block_id ??= workspace.makeId("b");
    if (block.type === "input") block.element.action_id ??= workspace.makeId("a");
    if (block.type === "actions") for (const e of block.elements) e.action_id ??= workspace.makeId("a");
    if (block.type === "section" && block.accessory && block.accessory.type !== "image")
      block.accessory.action_id ??= workspace.makeId("a");
  }
}

/** Whether an `external_id` is used by a view other than `except`. */
export function isExternalIdTaken(
  { views, homes }: Workspace,
  externalId: string | undefined,
  except?: string,
): boolean {
  if (!externalId) return false;
  const dialogs = [...views.values()].flat().map(({ id, modal }) => ({ id, externalId: modal.external_id }));
  const tabs = [...homes.values()].map(({ id, home }) => ({ id, externalId: home.external_id }));
  return [...dialogs, ...tabs].some((view) => view.id !== except && view.externalId === externalId);
}

type NewView = { installation: Installation; user: string; modal: Modal };

/** Opens a dialog on top of a person's open dialogs. */
export function pushView(workspace: Workspace, { installation, user, modal }: NewView): View {
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

/** Replaces the content of an open dialog. */
export function replaceView(workspace: Workspace, view: View, modal: Modal): void {
  view.modal = modal;
  view.hash = workspace.makeTs();
  view.errors = {};
}

/** Finds an open dialog by its ID or its `external_id`. */
export const findView = (
  { views }: Workspace,
  by: { id?: string | undefined; externalId?: string | undefined },
) =>
  [...views.values()]
    .flat()
    .find(({ id, modal }) => id === by.id || (by.externalId && modal.external_id === by.externalId));
