import type { SimulatorOptions } from "../../start.ts";
import type { Answer, Setting } from "../fixtures/simulator-with-app.ts";

/** How a method of the Web API comes to answer with an error: what is so, and the call that meets it. */
export type Cause = {
  method: string;
  error: string;
  because: string;
  options?: SimulatorOptions;
  call: (here: Setting) => Promise<Answer>;
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

/** Grants the app every scope that the causes need, less some. */
export const grant = (here: Setting, { without = [] }: { without?: string[] } = {}) =>
  here.slack.ask("setApp", { scopes: scopes.filter((scope) => !without.includes(scope)) });

/** Posts a message, and gives its time. */
export const posted = async (here: Setting, more: object = {}): Promise<string> =>
  String((await here.call("chat.postMessage", { channel: security, text: "Hello", ...more })).ts);

export const organisation: SimulatorOptions = { shape: "organisation" };
