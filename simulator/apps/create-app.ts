import type { App } from "../workspace/app.ts";
import { settingsOf } from "./manifest/app-settings.ts";
import type { Manifest } from "./manifest/schema/manifest.ts";

/** What of an app follows from its manifest. */
export const described = (manifest: Manifest) => ({
  manifest,
  name: manifest.display_information.name,
  description: manifest.display_information.description ?? "",
  settings: settingsOf(manifest),
});

type Credentials = Pick<
  App,
  "id" | "teamId" | "createdBy" | "clientId" | "clientSecret" | "signingSecret" | "verificationToken"
>;

/** An app that was just made from a manifest: installed nowhere, and its request URL not verified. */
export const makeApp = (manifest: Manifest, given: Credentials & Partial<App>): App => ({
  icon: undefined,
  formerSecret: undefined,
  appTokens: new Map(),
  isVerified: false,
  isDistributed: false,
  requests: [],
  codes: new Map(),
  ...described(manifest),
  ...given,
});
