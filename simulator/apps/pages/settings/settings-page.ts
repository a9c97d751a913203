import { needsReinstall } from "../../install-app.ts";
import { installationsOf } from "../../uninstall-app.ts";
import { errorList } from "../components.ts";
import { page } from "../document.ts";
import { type Html, html } from "../html.ts";
import type { AppVisit, SettingsPage } from "../visit.ts";
import { appHome } from "./app-home.ts";
import { appManifest } from "./app-manifest.ts";
import { basicInformation } from "./basic-information.ts";
import { distribution } from "./distribution.ts";
import { eventSubscriptions, socketMode } from "./event-subscriptions.ts";
import { install } from "./install-app.ts";
import { interactivity } from "./interactivity.ts";
import { oauthPermissions } from "./oauth-permissions.ts";
import { slashCommands } from "./slash-commands.ts";
import { workspaces } from "./workspaces.ts";

type Entry = Pick<SettingsPage, "path" | "title" | "isListed">;
type Menu = { heading: string; pages: readonly Entry[] }[];

const entry = ({ app }: AppVisit, { path, title }: Entry, current: string) => html`<li>
  <a href="/apps/${app.id}${path && `/${path}`}"${path === current && html` aria-current="page"`}>${title}</a>
</li>`;

const menuOf = (
  visit: AppVisit,
  menu: Menu,
  current: string,
) => html`<nav class="menu" aria-label="${visit.app.name}">
  <p class="app-name">${visit.app.name}</p>
  ${menu.map(
    ({ heading, pages }) =>
      html`<h2>${heading}</h2><ul>${pages.filter(({ isListed }) => isListed?.(visit) ?? true).map((one) => entry(visit, one, current))}</ul>`,
  )}
</nav>`;

/** Reminders about the app's installations, shown on every page until they are done. */
function banners({ simulator, app }: AppVisit): Html {
  const bots = installationsOf(simulator, app).filter(({ state }) => state === "installed");
  const isInNoWorkspace = bots.some(
    ({ target }) => target.kind === "organisation" && target.teams.size === 0,
  );
  return html`${
    bots.some(needsReinstall) &&
    html`<p class="banner" role="status">You've changed the permission scopes your app uses. Please
      <a href="/apps/${app.id}/install">reinstall your app</a> for these changes to take effect.</p>`
  }${
    isInNoWorkspace &&
    html`<p class="banner" role="status">${app.name} is installed in the organization, but not in any of its workspaces.
      <a href="/apps/${app.id}/workspaces">Add it to some of your workspaces</a></p>`
  }`;
}

/** A page of an app's settings with the menu, and the notice or the errors of the last action. */
export function appPage(visit: AppVisit, { path, title, show }: SettingsPage, menu: Menu): string {
  const notice = visit.query.get("notice");
  const body = html`<div class="with-menu">
    ${menuOf(visit, menu, path)}
    <main>
      ${banners(visit)}
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : ""}
      <h1>${title}</h1>
      ${errorList(visit.errors)}
      ${show(visit)}
    </main>
  </div>`;
  return page(visit, { title: `${title} · ${visit.app.name}`, body });
}

/** The pages of an app's settings, in the order of Slack's menu. */
export const menu = [
  { heading: "Settings", pages: [basicInformation, socketMode, install, distribution, workspaces] },
  {
    heading: "Features",
    pages: [appHome, interactivity, slashCommands, oauthPermissions, eventSubscriptions, appManifest],
  },
] satisfies Menu;

/** The settings page with this path. */
export const pageAt = (path: string): SettingsPage | undefined =>
  menu.flatMap(({ pages }) => pages).find((one: SettingsPage) => one.path === path);
