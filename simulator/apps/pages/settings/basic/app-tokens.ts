import { makeAppToken } from "../../../making/make-app-token.ts";
import { html } from "../../html.ts";
import { deed, field, reading, section, tick } from "../../components.ts";
import { read, readAll } from "../../frame/read-form.ts";
import type { SettingsPage } from "../../frame/visit.ts";

const scopes = ["connections:write", "authorizations:read", "app_configurations:write"];

/** The part *App-Level Tokens* of Basic Information. */
export const appTokens: Pick<SettingsPage, "show" | "deeds"> = {
  show: ({ app }) =>
    section(
      "App-Level Tokens",
      html`<p>They speak for the app everywhere it is installed. Socket Mode needs one with <code>connections:write</code>.</p>
      ${[...app.appTokens].map(
        ([token, given]) =>
          html`${reading({ label: `Token ${given.name}`, value: token, secret: true })}<p class="hint">${given.scopes.join(", ")}</p>`,
      )}
      <details>
        <summary class="button">Generate Token and Scopes</summary>
        ${deed(
          { to: `/apps/${app.id}/basic-information/app-token`, label: "Generate", look: "primary" },
          field({ name: "name", label: "Token Name", value: "" }),
          html`<fieldset><legend>Scopes</legend>${scopes.map((scope) => tick({ name: "scope", label: scope, value: scope, on: false }))}</fieldset>`,
        )}
      </details>`,
    ),
  deeds: {
    "app-token"({ app }, form) {
      const name = read(form, "name");
      const chosen = readAll(form, "scope").filter((scope) => scopes.includes(scope));
      if (!name) return { ok: false, errors: [{ message: "Please name the token", pointer: "" }] };
      if (chosen.length === 0)
        return { ok: false, errors: [{ message: "Please add at least one scope", pointer: "" }] };
      makeAppToken(app, { name, scopes: chosen });
      return { ok: true, told: `The token ${name} was generated.` };
    },
  },
};
