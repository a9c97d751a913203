import type { Menu } from "../frame/app-document.ts";
import type { SettingsPage } from "../frame/visit.ts";
import { basicInformation } from "./basic/basic-information.ts";
import { appHome } from "./features/app-home.ts";
import { appManifest } from "./features/app-manifest.ts";
import { eventSubscriptions } from "./features/event-subscriptions.ts";
import { interactivity } from "./features/interactivity.ts";
import { slashCommands } from "./features/slash-commands.ts";
import { socketMode } from "./features/socket-mode.ts";
import { distribution } from "./reach/distribution.ts";
import { install } from "./reach/install.ts";
import { oauthPermissions } from "./reach/oauth-permissions.ts";
import { workspaces } from "./reach/workspaces.ts";

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
