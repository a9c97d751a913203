import { html } from "../../html.ts";
import { deed, section, tick } from "../../components.ts";
import type { SettingsPage } from "../../frame/visit.ts";
import { saveEdit } from "../save-manifest.ts";

/** Whether Slack reaches the app through a connection that the app opens, and not at an address. */
export const socketMode: SettingsPage = {
  path: "socket-mode",
  title: "Socket Mode",
  show: ({ app }) =>
    section(
      "Connect using Socket Mode",
      html`<p>Your app then needs no address that Slack can reach, but an <a href="/apps/${app.id}">app-level token</a> with <code>connections:write</code>.</p>`,
      deed(
        { to: `/apps/${app.id}/socket-mode/save`, label: "Save Changes", look: "primary" },
        tick({ name: "enabled", label: "Enable Socket Mode", on: app.settings.socketMode }),
      ),
    ),
  deeds: { save: (visit, form) => saveEdit(visit, { socketMode: form.has("enabled") }) },
};
