import type { Refusal } from "../../alert/refusal.ts";

export type SecretName = "botToken" | "clientId" | "clientSecret" | "signingSecret" | "appToken";

const places: Record<SecretName, string> = {
  botToken: "Bot User OAuth Token, in Slack under OAuth & Permissions",
  clientId: "Client ID, in Slack under Basic Information > App Credentials",
  clientSecret: "Client Secret, in Slack under Basic Information > App Credentials",
  signingSecret: "Signing Secret, in Slack under Basic Information > App Credentials",
  appToken: "App-Level Token with connections:write, in Slack under Basic Information > App-Level Tokens",
};

const required: Record<"http" | "socket", readonly SecretName[]> = {
  http: ["botToken", "signingSecret"],
  socket: ["botToken", "appToken"],
};

/** With both of these the bot token may come later, by OAuth. */
const toInstall: readonly SecretName[] = ["clientId", "clientSecret"];

/** Refuses a Slack app that lacks what its mode can't do without, given or stored; null if it has all. */
export function requiredSecrets(mode: "http" | "socket", has: ReadonlySet<SecretName>): Refusal | null {
  const installable = toInstall.every((name) => has.has(name));
  const missing = required[mode].filter((name) => !has.has(name) && !(name === "botToken" && installable));
  const [first] = missing;
  if (!first) return null;
  const why = `Still missing: ${missing.map((name) => `${name} (${places[name]})`).join("; ")}.`;
  return { refused: "invalid", field: first, why };
}
