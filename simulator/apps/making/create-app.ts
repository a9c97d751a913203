import { randomBytes } from "node:crypto";
import type { App } from "../../workspace/app.ts";
import type { World } from "../../workspace/workspace.ts";
import type { Manifest } from "../manifest/schema/manifest.ts";
import { makeApp } from "../create-app.ts";

const secret = () => randomBytes(16).toString("hex");

type Given = { manifest: Manifest; teamId: string; createdBy: string };

/** Somebody creates an app in a workspace. Nothing is installed by that, and no address is asked. */
export function createApp(world: World, { manifest, teamId, createdBy }: Given): App {
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
