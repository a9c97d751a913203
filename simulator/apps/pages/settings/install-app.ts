import type { Installation } from "../../../workspace/installation.ts";
import { mayInstall } from "../../install-app.ts";
import { installationsOf, uninstall } from "../../uninstall-app.ts";
import { deed, reading, section } from "../components.ts";
import { type Html, html } from "../html.ts";
import { type AppVisit, read, type SettingsPage } from "../visit.ts";

/** Where the app is installed, and where it can be. */
export const install: SettingsPage = {
  path: "install",
  title: "Install App",
  show: (visit) =>
    html`${placesOf(visit).map((where) => {
      const bot = installedIn(visit, where.id);
      return section(
        where.noun === "Workspace"
          ? `Install App to ${where.name}`
          : `Install App to your Organization, ${where.name}`,
        bot && reading({ label: "Bot User OAuth Token", value: bot.botToken }),
        installButton(visit, where),
        bot?.place.kind === "organisation" &&
          html`<p><a href="/apps/${visit.app.id}/workspaces">Add it to some of your workspaces</a></p>`,
        bot &&
          visit.user.isAdmin &&
          deed(
            {
              to: `/apps/${visit.app.id}/install/uninstall`,
              label: `Uninstall from ${where.name}`,
              look: "danger",
            },
            html`<input type="hidden" name="place" value="${where.id}">`,
          ),
      );
    })}`,
  deeds: {
    uninstall(visit, form) {
      const bot = installedIn(visit, read(form, "place") ?? "");
      if (!bot || !visit.user.isAdmin)
        return { ok: false, errors: [{ message: "Only an admin can uninstall an app", pointer: "" }] };
      uninstall(visit.simulator, bot);
      return { ok: true, told: `${visit.app.name} was uninstalled.` };
    },
  },
};

type Where = { id: string; name: string; noun: "Workspace" | "Organization" };

/** The workspace that an app was made in, and that workspace's organisation if the app opted in. */
export function placesOf({ simulator, app }: AppVisit): Where[] {
  const home = simulator.world.workspaces.get(app.teamId);
  const { enterprise } = home ?? {};
  return [
    ...(home ? [{ id: home.team.id, name: home.team.name, noun: "Workspace" as const }] : []),
    ...(enterprise && app.settings.orgDeploy
      ? [{ id: enterprise.id, name: enterprise.name, noun: "Organization" as const }]
      : []),
  ];
}

const idOf = ({ place }: Installation) => (place.kind === "workspace" ? place.teamId : place.enterpriseId);

/** The installation in a place, while it holds. */
export const installedIn = ({ simulator, app }: AppVisit, id: string): Installation | undefined =>
  installationsOf(simulator, app).find((bot) => bot.state === "installed" && idOf(bot) === id);

const requestOf = ({ app, user }: AppVisit, id: string) =>
  app.requests.findLast(({ by, placeId }) => by === user.id && placeId === id);

const button = ({ app }: AppVisit, { id }: Where, label: string) =>
  html`<form method="get" action="/apps/${app.id}/allow"><input type="hidden" name="place" value="${id}">
    <button class="button primary">${label}</button></form>`;

/** The button by which a person installs an app somewhere, or asks for it, or the word that they did. */
export function installButton(visit: AppVisit, where: Where): Html {
  const again = installedIn(visit, where.id) ? "Reinstall" : "Install";
  if (mayInstall(visit.app, visit.user, where.id)) return button(visit, where, `${again} to ${where.noun}`);
  const asked = requestOf(visit, where.id);
  if (asked?.state === "waiting")
    return html`<p class="state">Request Submitted. An admin of ${where.name} decides about it.</p>`;
  return html`${asked?.state === "denied" && html`<p class="state">An admin of ${where.name} denied your request.</p>`}
    ${button(visit, where, where.noun === "Workspace" ? "Request to Install" : "Request to Install to Organization")}`;
}
