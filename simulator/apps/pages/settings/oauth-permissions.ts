import { installationsOf, revokeToken } from "../../uninstall-app.ts";
import { actionForm, readOnlyField, section, textArea } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, read, type SettingsPage } from "../visit.ts";
import { installButton, installTargetsOf } from "./install-app.ts";
import { saveEdit } from "./save-manifest.ts";

const activeInstallations = ({ simulator, app }: AppVisit) =>
  installationsOf(simulator, app).filter(({ state }) => state === "installed");

function tokens(visit: AppVisit) {
  const { workspaces, organisations } = visit.simulator.world;
  const bots = activeInstallations(visit);
  return section(
    "OAuth Tokens",
    html`${bots.length === 0 && html`<p>No tokens yet. Installing the app generates one.</p>`}
    ${bots.map(
      ({ botToken, target }) =>
        html`<h3>${
          target.kind === "workspace"
            ? workspaces.get(target.teamId)?.team.name
            : organisations.get(target.enterpriseId)?.name
        }</h3>${readOnlyField({ label: "Bot User OAuth Token", value: botToken })}`,
    )}
    <div class="row-of-buttons">${installTargetsOf(visit).map((target) => installButton(visit, target))}
    ${bots.length > 0 && actionForm({ to: `/apps/${visit.app.id}/oauth/revoke`, label: "Revoke All OAuth Tokens", variant: "danger" })}</div>`,
  );
}

/** The app's tokens, redirect URLs and scopes. */
export const oauthPermissions: SettingsPage = {
  path: "oauth",
  title: "OAuth & Permissions",
  show: (visit) => html`
    ${tokens(visit)}
    ${section(
      "Redirect URLs",
      actionForm(
        { to: `/apps/${visit.app.id}/oauth/redirect-urls`, label: "Save URLs", variant: "primary" },
        textArea({
          name: "urls",
          label: "Redirect URLs",
          value: visit.app.settings.redirectUrls.join("\n"),
          hint: "One per line. OAuth needs at least one.",
          rows: 3,
        }),
      ),
    )}
    ${section(
      "Scopes",
      html`<h3>Bot Token Scopes</h3>
      <ul class="scopes">${visit.app.settings.scopes.map((scope) => html`<li><code>${scope}</code>${visit.app.settings.optionalScopes.includes(scope) && " optional"}</li>`)}</ul>
      <p class="hint">Change the scopes in the <a href="/apps/${visit.app.id}/manifest">App Manifest</a>.</p>`,
    )}`,
  actions: {
    revoke(visit) {
      for (const bot of activeInstallations(visit)) revokeToken(visit.simulator, bot);
      return { ok: true, notice: "All tokens were revoked." };
    },
    "redirect-urls": (visit, form) =>
      saveEdit(visit, { redirectUrls: read(form, "urls")?.split(/\s+/) ?? [] }),
  },
};
