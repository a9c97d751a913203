import type { SimulatorOptions } from "../../start.ts";
import type { Answer, SimulatorWithApp } from "../fixtures/simulator-with-app.ts";

/** A call that makes a Web API method answer with an error; `situation` completes "for …" in the test name. */
export type Cause = {
  method: string;
  error: string;
  situation: string;
  options?: SimulatorOptions;
  /** Leaves everything as it was but messages and people, so that others may share its simulator. */
  isHarmless?: boolean;
  call: (env: SimulatorWithApp) => Promise<Answer>;
};

/** A channel that does not exist. */
export const nowhere = "C0NOWHERE01";
export const ada = "U0ADA00001";
export const eve = "U0EVE00001";
export const mallory = "U0MALLORY1";
export const security = "C0SECURITY1";
export const random = "C0RANDOM001";
export const secret = "C0SECPRIV01";

const scopes = [
  "channels:history",
  "channels:join",
  "channels:manage",
  "channels:read",
  "chat:write",
  "files:write",
  "groups:history",
  "groups:read",
  "groups:write",
  "im:read",
  "im:write",
  "mpim:write",
  "pins:read",
  "pins:write",
  "reactions:read",
  "reactions:write",
  "team:read",
  "usergroups:read",
  "users.profile:read",
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

type Arrangement = {
  before?: (env: SimulatorWithApp) => Promise<unknown>;
  without?: string[];
  inOrganisation?: boolean;
};

/** A cause that runs `before` and then makes the call, with all scopes except `without`. */
export const cause = (
  [method, error, situation]: readonly [string, string, string],
  args: object | ((env: SimulatorWithApp) => Promise<object>),
  { before, without = [], inOrganisation = false }: Arrangement = {},
): Cause => ({
  method,
  error,
  situation,
  ...(inOrganisation ? { options: organisation } : { isHarmless: before === undefined }),
  async call(env) {
    await grant(env, { without });
    await before?.(env);
    return env.call(method, { ...(typeof args === "function" ? await args(env) : args) });
  },
});

export const restrict = (limit: object) => (env: SimulatorWithApp) =>
  env.slack.ask("restrictChannel", { channel: "#security", ...limit });

export const archive = (env: SimulatorWithApp) =>
  env.slack.ask("setChannel", { channel: "#security", archived: true });
