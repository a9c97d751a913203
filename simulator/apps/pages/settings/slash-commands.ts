import { actionForm, checkbox, field, section } from "../components.ts";
import { html } from "../html.ts";
import { read, type SettingsPage } from "../visit.ts";
import { saveEdit } from "./save-manifest.ts";

/** The app's slash commands. */
export const slashCommands: SettingsPage = {
  path: "slash-commands",
  title: "Slash Commands",
  show: ({ app }) => html`
    ${section(
      "Commands",
      app.settings.commands.length === 0
        ? html`<p>You haven't created any.</p>`
        : html`<table><thead><tr><th scope="col">Command</th><th scope="col">Request URL</th><th scope="col">Description</th><th scope="col"><span class="visually-hidden">Delete</span></th></tr></thead>
          <tbody>${app.settings.commands.map(
            ({
              command,
              url,
              description,
            }) => html`<tr><td><code>${command}</code></td><td>${url ?? "Socket Mode"}</td><td>${description}</td>
              <td>${actionForm(
                { to: `/apps/${app.id}/slash-commands/delete`, label: `Delete ${command}` },
                html`<input type="hidden" name="command" value="${command}">`,
              )}</td></tr>`,
          )}</tbody></table>`,
    )}
    ${section(
      "Create New Command",
      actionForm(
        { to: `/apps/${app.id}/slash-commands/create`, label: "Save", variant: "primary" },
        field({ name: "command", label: "Command", value: "", hint: "For example /tocsin." }),
        field({ name: "url", label: "Request URL", value: "" }),
        field({ name: "description", label: "Short Description", value: "" }),
        field({ name: "usage_hint", label: "Usage Hint", value: "" }),
        checkbox({
          name: "should_escape",
          label: "Escape channels, users, and links sent to your app",
          on: false,
        }),
      ),
    )}`,
  actions: {
    create(visit, form) {
      const command = {
        command: read(form, "command") ?? "",
        url: read(form, "url"),
        description: read(form, "description") ?? "",
        usage_hint: read(form, "usage_hint"),
        should_escape: form.has("should_escape"),
      };
      return saveEdit(visit, { commands: [...(visit.app.manifest.features?.slash_commands ?? []), command] });
    },
    delete(visit, form) {
      const all = visit.app.manifest.features?.slash_commands ?? [];
      return saveEdit(visit, { commands: all.filter(({ command }) => command !== read(form, "command")) });
    },
  },
};
