import type { Simulator } from "../../simulator.ts";
import { disconnect } from "../../callbacks/serve-sockets.ts";
import { connectionsOf } from "../../callbacks/sockets.ts";
import type { App } from "../../workspace/app.ts";
import type { Manifest } from "../manifest/schema/manifest.ts";
import { described } from "../create-app.ts";

/**
 * Gives an app another manifest. All but the scopes counts at once; a new request URL has to be verified, and who is
 * connected when Socket Mode goes off is told.
 */
export function changeManifest({ sockets, changes }: Simulator, app: App, manifest: Manifest): void {
  const { requestUrl, socketMode } = app.settings;
  Object.assign(app, described(manifest));
  if (app.settings.requestUrl !== requestUrl) app.isVerified = false;
  if (socketMode && !app.settings.socketMode)
    for (const one of connectionsOf(sockets, app.id)) disconnect(one, "link_disabled");
  changes.bump();
}
