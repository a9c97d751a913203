import { disconnect } from "../../callbacks/serve-sockets.ts";
import { connectionsOf } from "../../callbacks/sockets.ts";
import type { Simulator } from "../../simulator.ts";
import type { App } from "../../workspace/app.ts";
import { manifestFields } from "../create-app.ts";
import type { Manifest } from "./schema/manifest.ts";

type Settings = NonNullable<Manifest["settings"]>;
type Features = NonNullable<Manifest["features"]>;

/** Parts of a manifest to replace; parts that are not named stay. */
export type ManifestEdit = {
  display?: Partial<Manifest["display_information"]>;
  redirectUrls?: string[];
  events?: Partial<NonNullable<Settings["event_subscriptions"]>> | undefined;
  interactivity?: Partial<NonNullable<Settings["interactivity"]>>;
  commands?: Features["slash_commands"];
  shortcuts?: Features["shortcuts"];
  appHome?: Partial<NonNullable<Features["app_home"]>>;
  socketMode?: boolean;
  orgDeploy?: boolean;
};

function editFeatures(given: Manifest["features"], { commands, shortcuts, appHome }: ManifestEdit): Features {
  return {
    ...given,
    ...(commands && { slash_commands: commands.length > 0 ? commands : undefined }),
    ...(shortcuts && { shortcuts: shortcuts.length > 0 ? shortcuts : undefined }),
    ...(appHome && { app_home: { ...given?.app_home, ...appHome } }),
  };
}

function editSettings(given: Manifest["settings"], edit: ManifestEdit): Settings {
  const { interactivity, socketMode, orgDeploy } = edit;
  return {
    ...given,
    ...("events" in edit && {
      event_subscriptions: edit.events && { ...given?.event_subscriptions, ...edit.events },
    }),
    ...(interactivity && { interactivity: { is_enabled: true, ...given?.interactivity, ...interactivity } }),
    ...(socketMode !== undefined && { socket_mode_enabled: socketMode }),
    ...(orgDeploy !== undefined && { org_deploy_enabled: orgDeploy }),
  };
}

/** Returns the manifest with some parts replaced, as the settings pages do. The result is not validated. */
export function editManifest(given: Manifest, edit: ManifestEdit): Manifest {
  const { display, redirectUrls, commands, shortcuts, appHome } = edit;
  return {
    ...given,
    display_information: { ...given.display_information, ...display },
    ...((commands || shortcuts || appHome) && { features: editFeatures(given.features, edit) }),
    ...(redirectUrls && { oauth_config: { ...given.oauth_config, redirect_urls: redirectUrls } }),
    settings: editSettings(given.settings, edit),
  };
}

/**
 * Replaces the manifest of an app. New scopes take effect at the next installation and a new request URL has to be
 * verified; switching Socket Mode off disconnects the app's sockets.
 */
export function changeManifest({ sockets, changeFeed }: Simulator, app: App, manifest: Manifest): void {
  const { requestUrl, socketMode } = app.settings;
  Object.assign(app, manifestFields(manifest));
  if (app.settings.requestUrl !== requestUrl) app.isVerified = false;
  if (socketMode && !app.settings.socketMode)
    for (const one of connectionsOf(sockets, app.id)) disconnect(one, "link_disabled");
  changeFeed.bump();
}
