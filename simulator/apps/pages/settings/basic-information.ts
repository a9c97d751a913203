import { randomBytes } from "node:crypto";
import { makeAppToken, renewClientSecret } from "../../credentials.ts";
import { mayInstall } from "../../install-app.ts";
import { deleteApp } from "../../uninstall-app.ts";
import { actionForm, checkbox, field, readOnlyField, section } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, read, readAll, type SettingsPage } from "../visit.ts";
import { displayInformation } from "./display-information.ts";
import { findInstallation, installButton, installTargetsOf } from "./install-app.ts";

/** The section *App Credentials*. */
const credentials: Pick<SettingsPage, "show" | "actions"> = {
  show: ({ app }) =>
    section(
      "App Credentials",
      html`<p>These credentials identify your app. Keep the secrets to yourself.</p>
      ${readOnlyField({ label: "App ID", value: app.id })}
      ${readOnlyField({ label: "Client ID", value: app.clientId })}
      ${readOnlyField({ label: "Client Secret", value: app.clientSecret, secret: true })}
      ${actionForm({ to: `/apps/${app.id}/basic-information/client-secret`, label: "Regenerate Client Secret" })}
      ${app.formerSecret && html`<p class="hint">The previous client secret stays valid for 24 hours.</p>`}
      ${readOnlyField({ label: "Signing Secret", value: app.signingSecret, secret: true })}
      ${actionForm({ to: `/apps/${app.id}/basic-information/signing-secret`, label: "Regenerate Signing Secret" })}
      ${readOnlyField({ label: "Verification Token", value: app.verificationToken })}`,
    ),
  actions: {
    "client-secret"({ app, simulator }) {
      renewClientSecret(app, simulator.world.now());
      return {
        ok: true,
        notice: "The client secret was regenerated. The previous one stays valid for 24 hours.",
      };
    },
    "signing-secret"({ app }) {
      app.signingSecret = randomBytes(16).toString("hex");
      return { ok: true, notice: "The signing secret was regenerated. Slack signs with it from now on." };
    },
  },
};

const scopes = ["connections:write", "authorizations:read", "app_configurations:write"];

/** The section *App-Level Tokens*. */
const appTokens: Pick<SettingsPage, "show" | "actions"> = {
  show: ({ app }) =>
    section(
      "App-Level Tokens",
      html`<p>App-level tokens are valid for all installations of your app. Socket Mode needs one with <code>connections:write</code>.</p>
      ${[...app.appTokens].map(
        ([token, given]) =>
          html`${readOnlyField({ label: `Token ${given.name}`, value: token, secret: true })}<p class="hint">${given.scopes.join(", ")}</p>`,
      )}
      <details>
        <summary class="button">Generate Token and Scopes</summary>
        ${actionForm(
          { to: `/apps/${app.id}/basic-information/app-token`, label: "Generate", variant: "primary" },
          field({ name: "name", label: "Token Name", value: "" }),
          html`<fieldset><legend>Scopes</legend>${scopes.map((scope) => checkbox({ name: "scope", label: scope, value: scope, on: false }))}</fieldset>`,
        )}
      </details>`,
    ),
  actions: {
    "app-token"({ app }, form) {
      const name = read(form, "name");
      const chosen = readAll(form, "scope").filter((scope) => scopes.includes(scope));
      if (!name) return { ok: false, errors: [{ message: "Please name the token", pointer: "" }] };
      if (chosen.length === 0)
        return { ok: false, errors: [{ message: "Please add at least one scope", pointer: "" }] };
      makeAppToken(app, { name, scopes: chosen });
      return { ok: true, notice: `The token ${name} was generated.` };
    },
  },
};

function installSection(visit: AppVisit) {
  const [home] = installTargetsOf(visit);
  if (!home) return undefined;
  const isAllowed = mayInstall(visit.app, visit.user, home.id);
  return section(
    "Install your app",
    html`<p>${isAllowed ? `Install your app to ${home.name} to test it and to generate its token.` : `${home.name} requires an admin's approval to install apps.`}</p>
    ${findInstallation(visit, home.id) && html`<p class="state good">Installed in ${home.name}</p>`}
    ${installButton(visit, home)}`,
  );
}

/** The first page of an app's settings: installation, credentials, app-level tokens and display information. */
export const basicInformation: SettingsPage = {
  path: "",
  title: "Basic Information",
  show: (visit) => html`
    ${section(
      "Building Apps for Slack",
      html`<p>${visit.app.name} was created from a manifest. Change its features in the menu or in the App Manifest.</p>`,
    )}
    ${installSection(visit)}
    ${credentials.show(visit)}
    ${appTokens.show(visit)}
    ${displayInformation.show(visit)}
    ${section(
      "Delete App",
      html`<p>Deleting the app revokes all its tokens. Slack does not notify the app.</p>`,
      actionForm({
        to: `/apps/${visit.app.id}/basic-information/delete`,
        label: "Delete App",
        variant: "danger",
      }),
    )}`,
  actions: {
    ...credentials.actions,
    ...appTokens.actions,
    ...displayInformation.actions,
    delete({ simulator, app }) {
      deleteApp(simulator, app);
      return { ok: true, to: "/apps", notice: `${app.name} was deleted.` };
    },
  },
};
