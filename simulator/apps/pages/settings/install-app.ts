import type { Installation } from "../../../workspace/installation.ts";
import { mayInstall } from "../../install-app.ts";
import { installationsOf, uninstall } from "../../uninstall-app.ts";
import { actionForm, readOnlyField, section } from "../components.ts";
import { type Html, html } from "../html.ts";
import { type AppVisit, read, type SettingsPage } from "../visit.ts";

/** The installations of the app, and where else it can be installed. */
export const install: SettingsPage = {
  path: "install",
  title: "Install App",
  show: (visit) =>
    html`${installTargetsOf(visit).map((target) => {
      const bot = findInstallation(visit, target.id);
      return section(
        target.noun === "Workspace"
          ? `Install App to ${target.name}`
          : `Install App to your Organization, ${target.name}`,
        bot && readOnlyField({ label: "Bot User OAuth Token", value: bot.botToken }),
        installButton(visit, target),
        bot?.target.kind === "organisation" &&
          html`<p><a href="/apps/${visit.app.id}/workspaces">Add it to some of your workspaces</a></p>`,
        bot &&
          visit.user.isAdmin &&
          actionForm(
            {
              to: `/apps/${visit.app.id}/install/uninstall`,
              label: `Uninstall from ${target.name}`,
              variant: "danger",
            },
            html`<input type="hidden" name="target" value="${target.id}">`,
          ),
      );
    })}`,
  actions: {
    uninstall(visit, form) {
      const bot = findInstallation(visit, read(form, "target") ?? "");
      if (!bot || !visit.user.isAdmin)
        return { ok: false, errors: [{ message: "Only an admin can uninstall an app", pointer: "" }] };
      uninstall(visit.simulator, bot);
      return { ok: true, notice: `${visit.app.name} was uninstalled.` };
    },
  },
};

type TargetChoice = { id: string; name: string; noun: "Workspace" | "Organization" };

/** The workspace of an app, and that workspace's organisation if the app opted in. */
export function installTargetsOf({ simulator, app }: AppVisit): TargetChoice[] {
  const home = simulator.world.workspaces.get(app.teamId);
  const { enterprise } = home ?? {};
  return [
    ...(home ? [{ id: home.team.id, name: home.team.name, noun: "Workspace" as const }] : []),
    ...(enterprise && app.settings.orgDeploy
      ? [{ id: enterprise.id, name: enterprise.name, noun: "Organization" as const }]
      : []),
  ];
}

const idOf = ({ target }: Installation) =>
  target.kind === "workspace" ? target.teamId : target.enterpriseId;

/** The active installation in a workspace or organisation. */
export const findInstallation = ({ simulator, app }: AppVisit, id: string): Installation | undefined =>
  installationsOf(simulator, app).find((bot) => bot.state === "installed" && idOf(bot) === id);

const requestOf = ({ app, user }: AppVisit, id: string) =>
  app.requests.findLast(({ by, targetId }) => by === user.id && targetId === id);

const button = ({ app }: AppVisit, { id }: TargetChoice, label: string) =>
  html`<form method="get" action="/apps/${app.id}/allow"><input type="hidden" name="target" value="${id}">
    <button class="button primary">${label}</button></form>`;

/** The button that installs an app or requests it, or the state of the person's request. */
export function installButton(visit: AppVisit, target: TargetChoice): Html {
  const again = findInstallation(visit, target.id) ? "Reinstall" : "Install";
  if (mayInstall(visit.app, visit.user, target.id))
    return button(visit, target, `${again} to ${target.noun}`);
  const asked = requestOf(visit, target.id);
  if (asked?.state === "waiting")
    return html`<p class="state">Request Submitted. An admin of ${target.name} has to approve it.</p>`;
  return html`${asked?.state === "denied" && html`<p class="state">An admin of ${target.name} denied your request.</p>`}
    ${button(visit, target, target.noun === "Workspace" ? "Request to Install" : "Request to Install to Organization")}`;
}
