import { randomBytes } from "node:crypto";
import type { App } from "../workspace/app.ts";
import type { World } from "../workspace/workspace.ts";
import { settingsOf } from "./manifest/app-settings.ts";
import type { Manifest } from "./manifest/schema/manifest.ts";

/** The fields of an app that are derived from its manifest. */
export const manifestFields = (manifest: Manifest) => ({
  manifest,
  name: manifest.display_information.name,
  description: manifest.display_information.description ?? "",
  settings: settingsOf(manifest),
});

type Credentials = Pick<
  App,
  "id" | "teamId" | "createdBy" | "clientId" | "clientSecret" | "signingSecret" | "verificationToken"
>;

/** A new app from a manifest: not installed, and its request URL not verified. */
export const makeApp = (manifest: Manifest, given: Credentials & Partial<App>): App => ({
  icon: undefined,
  formerSecret: undefined,
  appTokens: new Map(),
  isVerified: false,
  isDistributed: false,
  requests: [],
  codes: new Map(),
  ...manifestFields(manifest),
  ...given,
});

const secret = () => randomBytes(16).toString("hex");

type NewApp = { manifest: Manifest; teamId: string; createdBy: string };

/** Creates an app in a workspace. This neither installs it nor verifies its request URL. */
export function createApp(world: World, { manifest, teamId, createdBy }: NewApp): App {
  const app = makeApp(manifest, {
    id: world.makeId("A"),
    teamId,
    createdBy,
    clientId: `${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(5).readUIntBE(0, 5)}`,
    clientSecret: secret(),
    signingSecret: secret(),
    verificationToken: randomBytes(12).toString("base64url"),
  });
  world.apps.set(app.id, app);
  return app;
}
