import type { App } from "../../workspace/app.ts";
import type { Manifest } from "../manifest/shape/manifest.ts";
import { described } from "./make-app.ts";

/** Gives an app another manifest. All but the scopes counts at once; a new request URL has to be verified. */
export function changeManifest(app: App, manifest: Manifest): void {
  const before = app.settings.requestUrl;
  Object.assign(app, described(manifest));
  if (app.settings.requestUrl !== before) app.isVerified = false;
}
