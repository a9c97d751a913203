import { actionForm, checkbox, field, section } from "../components.ts";
import { html } from "../html.ts";
import { read, type SettingsPage } from "../visit.ts";
import { saveEdit } from "./save-manifest.ts";

/** The URLs for interactions and options, and the shortcuts. Slack doesn't verify these URLs. */
export const interactivity: SettingsPage = {
  path: "interactivity",
  title: "Interactivity & Shortcuts",
  show: ({ app }) => html`
    ${section(
      "Interactivity",
      actionForm(
        { to: `/apps/${app.id}/interactivity/save`, label: "Save Changes", variant: "primary" },
        checkbox({
          name: "enabled",
          label: "Interactivity",
          on: app.manifest.settings?.interactivity?.is_enabled ?? false,
        }),
        field({
          name: "url",
          label: "Request URL",
          value: app.manifest.settings?.interactivity?.request_url ?? "",
        }),
        field({
          name: "options",
          label: "Options Load URL",
          value: app.manifest.settings?.interactivity?.message_menu_options_url ?? "",
        }),
      ),
    )}
    ${section(
      "Shortcuts",
      app.settings.shortcuts.length === 0
        ? html`<p>No shortcuts. Add them in the App Manifest.</p>`
        : html`<table><thead><tr><th scope="col">Name</th><th scope="col">Location</th><th scope="col">Callback ID</th></tr></thead>
          <tbody>${app.settings.shortcuts.map(
            ({ name, type, callbackId }) =>
              html`<tr><td>${name}</td><td>${type === "message" ? "Messages" : "Global"}</td><td><code>${callbackId}</code></td></tr>`,
          )}</tbody></table>`,
    )}`,
  actions: {
    save: (visit, form) =>
      saveEdit(visit, {
        interactivity: {
          is_enabled: form.has("enabled"),
          request_url: read(form, "url"),
          message_menu_options_url: read(form, "options"),
        },
      }),
  },
};
