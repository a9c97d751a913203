import { randomBytes } from "node:crypto";
import type { App, AppToken } from "../../workspace/app.ts";

/** Generates an app-level token. */
export function makeAppToken(app: App, token: AppToken): string {
  const secret = `xapp-1-${app.id}-${randomBytes(5).readUIntBE(0, 5)}-${randomBytes(32).toString("hex")}`;
  app.appTokens.set(secret, token);
  return secret;
}
