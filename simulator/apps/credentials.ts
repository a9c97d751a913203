import { randomBytes } from "node:crypto";
import type { App, AppToken } from "../workspace/app.ts";

const dayMs = 24 * 3_600_000;

/** Replaces the client secret of an app. The old one stays valid for a day, so that running apps keep working. */
export function renewClientSecret(app: App, now: number): void {
  app.formerSecret = { secret: app.clientSecret, until: now + dayMs };
  app.clientSecret = randomBytes(16).toString("hex");
}

/** Whether this is the app's client secret, or its previous one while that is still valid. */
export const isClientSecret = ({ clientSecret, formerSecret }: App, given: string, now: number): boolean =>
  given === clientSecret || (given === formerSecret?.secret && now < formerSecret.until);

/** Creates an app-level token and returns it. */
export function makeAppToken(app: App, token: AppToken): string {
  const secret = `xapp-1-${app.id}-${randomBytes(5).readUIntBE(0, 5)}-${randomBytes(32).toString("hex")}`;
  app.appTokens.set(secret, token);
  return secret;
}
