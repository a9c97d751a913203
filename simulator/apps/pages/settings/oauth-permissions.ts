import { installationsOf, revokeToken } from "../../uninstall-app.ts";
import { area, deed, reading, section } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, read, type SettingsPage } from "../visit.ts";
import { installButton, placesOf } from "./install-app.ts";
import { saveEdit } from "./save-manifest.ts";

const alive = ({ simulator, app }: AppVisit) =>
  installationsOf(simulator, app).filter(({ state }) => state === "installed");

function tokens(visit: AppVisit) {
  const { workspaces, organisations } = visit.simulator.world;
  const bots = alive(visit);
  return section(
    "OAuth Tokens",
    html`${bots.length === 0 && html`<p>There are no tokens yet. They are generated when the app is installed.</p>`}
    ${bots.map(
      ({ botToken, place }) =>
        html`<h3>${
          place.kind === "workspace"
            ? workspaces.get(place.teamId)?.team.name
            : organisations.get(place.enterpriseId)?.name
        }</h3>${reading({ label: "Bot User OAuth Token", value: botToken })}`,
    )}
    <div class="row-of-buttons">${placesOf(visit).map((where) => installButton(visit, where))}
    ${bots.length > 0 && deed({ to: `/apps/${visit.app.id}/oauth/revoke`, label: "Revoke All OAuth Tokens", look: "danger" })}</div>`,
  );
}

/** The app's tokens, where people return to after OAuth, and what the app asks for. */
export const oauthPermissions: SettingsPage = {
  path: "oauth",
  title: "OAuth & Permissions",
  show: (visit) => html`
    ${tokens(visit)}
    ${section(
      "Redirect URLs",
      deed(
        { to: `/apps/${visit.app.id}/oauth/redirect-urls`, label: "Save URLs", look: "primary" },
        area({
          name: "urls",
          label: "Redirect URLs",
          value: visit.app.settings.redirectUrls.join("\n"),
          hint: "One a line. Without any, OAuth is refused.",
          rows: 3,
        }),
      ),
    )}
    ${section(
      "Scopes",
      html`<h3>Bot Token Scopes</h3>
      <ul class="scopes">${visit.app.settings.scopes.map((scope) => html`<li><code>${scope}</code>${visit.app.settings.optionalScopes.includes(scope) && " optional"}</li>`)}</ul>
      <p class="hint">They are changed in the <a href="/apps/${visit.app.id}/manifest">App Manifest</a>.</p>`,
    )}`,
  deeds: {
    revoke(visit) {
      for (const bot of alive(visit)) revokeToken(visit.simulator, bot);
      return { ok: true, told: "All tokens were revoked." };
    },
    "redirect-urls": (visit, form) =>
      saveEdit(visit, { redirectUrls: read(form, "urls")?.split(/\s+/) ?? [] }),
  },
};
