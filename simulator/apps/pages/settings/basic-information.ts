import { mayInstall } from "../../installing/may-install.ts";
import { deleteApp } from "../../uninstall-app.ts";
import { html } from "../html.ts";
import { deed, section } from "../components.ts";
import type { AppVisit, SettingsPage } from "../frame/visit.ts";
import { installButton, installedIn, placesOf } from "./reach/installing.ts";
import { appTokens } from "./basic/app-tokens.ts";
import { credentials } from "./basic/credentials.ts";
import { displayInformation } from "./display-information.ts";

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
