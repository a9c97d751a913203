import type { Menu } from "./settings-page.ts";
import type { SettingsPage } from "../frame/visit.ts";
import { basicInformation } from "./basic-information.ts";
import { appHome } from "./app-home.ts";
import { appManifest } from "./app-manifest.ts";
import { eventSubscriptions } from "./event-subscriptions.ts";
import { interactivity } from "./interactivity.ts";
import { slashCommands } from "./slash-commands.ts";
import { socketMode } from "./features/socket-mode.ts";
import { distribution } from "./distribution.ts";
import { install } from "./install-app.ts";
import { oauthPermissions } from "./oauth-permissions.ts";
import { workspaces } from "./workspaces.ts";

/** The pages of an app's settings, in the order of Slack's own menu. */
export const menu = [
  { heading: "Settings", pages: [basicInformation, socketMode, install, distribution, workspaces] },
  {
    heading: "Features",
    pages: [appHome, interactivity, slashCommands, oauthPermissions, eventSubscriptions, appManifest],
  },
] satisfies Menu;

/** The page at an address below the app's own. */
export const pageAt = (path: string): SettingsPage | undefined =>
  menu.flatMap(({ pages }) => pages).find((one: SettingsPage) => one.path === path);
