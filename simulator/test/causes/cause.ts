import type { SimulatorOptions } from "../../start.ts";
import type { Answer, SimulatorWithApp } from "../fixtures/simulator-with-app.ts";

/** A call that makes a Web API method answer with an error; `situation` completes "for …" in the test name. */
export type Cause = {
  method: string;
  error: string;
  situation: string;
  options?: SimulatorOptions;
  call: (env: SimulatorWithApp) => Promise<Answer>;
};

export const ada = "U0ADA00001";
export const eve = "U0EVE00001";
export const mallory = "U0MALLORY1";
export const security = "C0SECURITY1";
export const random = "C0RANDOM001";
export const secret = "C0SECPRIV01";

const scopes = [
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "groups:history",
  "groups:read",
  "im:read",
  "im:write",
  "mpim:write",
  "reactions:write",
  "team:read",
  "usergroups:read",
  "users:read",
  "users:read.email",
];

/** Grants the app all scopes that the causes need, except those in `without`. */
export const grant = (env: SimulatorWithApp, { without = [] }: { without?: string[] } = {}) =>
  env.slack.ask("setApp", { scopes: scopes.filter((scope) => !without.includes(scope)) });

/** Posts a message and returns its `ts`. */
export const posted = async (env: SimulatorWithApp, more: object = {}): Promise<string> =>
  String((await env.call("chat.postMessage", { channel: security, text: "Hello", ...more })).ts);

export const organisation: SimulatorOptions = { shape: "organisation" };
