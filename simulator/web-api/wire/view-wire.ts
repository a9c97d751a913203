import type { HomeTab, View } from "../../workspace/view.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** A dialog in Slack's format, with the current values of its inputs. */
export const viewWire = ({ team }: Workspace, view: View, values: Record<string, unknown> = {}) => ({
  id: view.id,
  team_id: team.id,
  type: "modal",
  blocks: view.modal.blocks,
  private_metadata: view.modal.private_metadata ?? "",
  callback_id: view.modal.callback_id ?? "",
  state: { values },
  hash: view.hash,
  title: view.modal.title,
  clear_on_close: view.modal.clear_on_close ?? false,
  notify_on_close: view.modal.notify_on_close ?? false,
  close: view.modal.close ?? null,
  submit: view.modal.submit ?? null,
  submit_disabled: view.modal.submit_disabled ?? false,
  previous_view_id: view.previousViewId ?? null,
  root_view_id: view.rootViewId,
  app_id: view.installation.app.id,
  external_id: view.modal.external_id ?? "",
  app_installed_team_id: team.id,
  bot_id: view.installation.botId,
});

/** A home tab in Slack's format: a view without a dialog's fields. */
export const homeWire = ({ team }: Workspace, { id, installation, hash, home }: HomeTab) => ({
  id,
  team_id: team.id,
  type: "home",
  blocks: home.blocks,
  private_metadata: home.private_metadata ?? "",
  callback_id: home.callback_id ?? "",
  state: { values: {} },
  hash,
  title: { type: "plain_text", text: "View Title", emoji: true },
  clear_on_close: false,
  notify_on_close: false,
  close: null,
  submit: null,
  previous_view_id: null,
  root_view_id: id,
  app_id: installation.app.id,
  external_id: home.external_id ?? "",
  app_installed_team_id: team.id,
  bot_id: installation.botId,
});
