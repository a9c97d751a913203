import { actionForm, checkbox, section } from "../components.ts";
import { html } from "../html.ts";
import type { SettingsPage } from "../visit.ts";
import { saveEdit } from "./save-manifest.ts";

const messages = "Allow users to send Slash commands and messages from the messages tab";

/** The settings of the app's home tab and messages tab. */
export const appHome: SettingsPage = {
  path: "app-home",
  title: "App Home",
  show: ({ app }) =>
    section(
      "Show Tabs",
      html`<p>Your app appears as <strong>${app.settings.botName}</strong>.</p>`,
      actionForm(
        { to: `/apps/${app.id}/app-home/save`, label: "Save Changes", variant: "primary" },
        checkbox({ name: "home", label: "Home Tab", on: app.settings.homeTab }),
        checkbox({ name: "messages", label: "Messages Tab", on: app.settings.messagesTab }),
        checkbox({ name: "writable", label: messages, on: !app.settings.messagesReadOnly }),
      ),
    ),
  actions: {
    save: (visit, form) =>
      saveEdit(visit, {
        appHome: {
          home_tab_enabled: form.has("home"),
          messages_tab_enabled: form.has("messages"),
          messages_tab_read_only_enabled: !form.has("writable"),
        },
      }),
  },
};
