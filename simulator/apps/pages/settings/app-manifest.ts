import { changeManifest } from "../../manifest/change-manifest.ts";
import { readManifest, writeManifest } from "../../manifest/read-manifest.ts";
import { actionForm, section, textArea } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, read, type SettingsPage } from "../visit.ts";

const formatOf = ({ query }: AppVisit) => (query.get("format") === "json" ? "json" : "yaml");

/** The whole manifest in an editor. */
export const appManifest: SettingsPage = {
  path: "manifest",
  title: "App Manifest",
  show(visit) {
    const { app, query } = visit;
    const format = formatOf(visit);
    const tab = (name: "yaml" | "json") =>
      html`<a href="/apps/${app.id}/manifest?format=${name}"${name === format && html` aria-current="true"`}>${name.toUpperCase()}</a>`;
    return section(
      "App Manifest",
      html`<nav class="tabs" aria-label="Format">${tab("yaml")}${tab("json")}</nav>`,
      actionForm(
        { to: `/apps/${app.id}/manifest/save?format=${format}`, label: "Save Changes", variant: "primary" },
        textArea({
          name: "text",
          label: "App manifest",
          value: query.get("text") ?? writeManifest(app.manifest, format),
          rows: 24,
        }),
      ),
    );
  },
  actions: {
    save(visit, form) {
      const text = read(form, "text") ?? "";
      const checked = readManifest(text, formatOf(visit));
      // If there are errors, the page shows the submitted text again.
      visit.query.set("text", text);
      if (!checked.ok) return checked;
      changeManifest(visit.simulator, visit.app, checked.manifest);
      return { ok: true, notice: "Your manifest was saved." };
    },
  },
};
