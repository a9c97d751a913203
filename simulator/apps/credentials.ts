import { randomBytes } from "node:crypto";
import type { App, AppToken } from "../workspace/app.ts";

const dayMs = 24 * 3_600_000;

/** Gives an app another client secret. The one before stays good for a day, so that nothing breaks at once. */
export function renewClientSecret(app: App, now: number): void {
  app.formerSecret = { secret: app.clientSecret, until: now + dayMs };
  app.clientSecret = randomBytes(16).toString("hex");
}

/** Whether this is the client secret of an app, or the one before while that is good. */
export const isClientSecret = ({ clientSecret, formerSecret }: App, given: string, now: number): boolean =>
  given === clientSecret || (given === formerSecret?.secret && now < formerSecret.until);

/** Generates an app-level token. */
export function makeAppToken(app: App, token: AppToken): string {
  const secret = `xapp-1-${app.id}-${randomBytes(5).readUIntBE(0, 5)}-${randomBytes(32).toString("hex")}`;
  app.appTokens.set(secret, token);
  return secret;
}
