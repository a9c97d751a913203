import { randomBytes } from "node:crypto";
import { makeAppToken, renewClientSecret } from "../../credentials.ts";
import { mayInstall } from "../../install-app.ts";
import { deleteApp } from "../../uninstall-app.ts";
import { deed, field, reading, section, tick } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, read, readAll, type SettingsPage } from "../visit.ts";
import { displayInformation } from "./display-information.ts";
import { installButton, installedIn, placesOf } from "./install-app.ts";

/** The part *App Credentials* of Basic Information. */
const credentials: Pick<SettingsPage, "show" | "deeds"> = {
  show: ({ app }) =>
    section(
      "App Credentials",
      html`<p>With these your app is told from others. Keep the secrets to yourself.</p>
      ${reading({ label: "App ID", value: app.id })}
      ${reading({ label: "Client ID", value: app.clientId })}
      ${reading({ label: "Client Secret", value: app.clientSecret, secret: true })}
      ${deed({ to: `/apps/${app.id}/basic-information/client-secret`, label: "Regenerate Client Secret" })}
      ${app.formerSecret && html`<p class="hint">The client secret before this one stays good for 24 hours.</p>`}
      ${reading({ label: "Signing Secret", value: app.signingSecret, secret: true })}
      ${deed({ to: `/apps/${app.id}/basic-information/signing-secret`, label: "Regenerate Signing Secret" })}
      ${reading({ label: "Verification Token", value: app.verificationToken })}`,
    ),
  deeds: {
    "client-secret"({ app, simulator }) {
      renewClientSecret(app, simulator.world.now());
      return { ok: true, told: "There is a new client secret. The one before stays good for 24 hours." };
    },
    "signing-secret"({ app }) {
      app.signingSecret = randomBytes(16).toString("hex");
      return { ok: true, told: "There is a new signing secret, and Slack signs with it from now on." };
    },
  },
};

const scopes = ["connections:write", "authorizations:read", "app_configurations:write"];

/** The part *App-Level Tokens* of Basic Information. */
const appTokens: Pick<SettingsPage, "show" | "deeds"> = {
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

function installing(visit: AppVisit) {
  const [home] = placesOf(visit);
  if (!home) return undefined;
  const isAllowed = mayInstall(visit.app, visit.user, home.id);
  return section(
    "Install your app",
    html`<p>${isAllowed ? `Install your app to ${home.name} to test it and to generate its token.` : `${home.name} asks for an admin's approval before an app is installed.`}</p>
    ${installedIn(visit, home.id) && html`<p class="state good">Installed in ${home.name}</p>`}
    ${installButton(visit, home)}`,
  );
}

/** What an app is: how to install it, its credentials, its app-level tokens, and how it looks. */
export const basicInformation: SettingsPage = {
  path: "",
  title: "Basic Information",
  show: (visit) => html`
    ${section(
      "Building Apps for Slack",
      html`<p>${visit.app.name} was made from a manifest: its features stand at the left, and under App Manifest.</p>`,
    )}
    ${installing(visit)}
    ${credentials.show(visit)}
    ${appTokens.show(visit)}
    ${displayInformation.show(visit)}
    ${section(
      "Delete App",
      html`<p>All its tokens die with it. It is not told.</p>`,
      deed({ to: `/apps/${visit.app.id}/basic-information/delete`, label: "Delete App", look: "danger" }),
    )}`,
  deeds: {
    ...credentials.deeds,
    ...appTokens.deeds,
    ...displayInformation.deeds,
    delete({ simulator, app }) {
      deleteApp(simulator, app);
      return { ok: true, to: "/apps", told: `${app.name} was deleted.` };
    },
  },
};
