import { connect } from "node:net";
import type { Answer, SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import { type Cause, organisation, security } from "./cause.ts";

const post = (env: SimulatorWithApp, token?: string) =>
  env.call("chat.postMessage", { channel: security, text: "Hello" }, token);

const cause = (
  error: string,
  situation: string,
  call: Cause["call"],
  method = "chat.postMessage",
): Cause => ({
  method,
  error,
  situation,
  call,
});

const harmless = (given: Cause): Cause => ({ ...given, isHarmless: true });

const condition = (
  error: string,
  is: "joining_organisation" | "moved_to_organisation" | "out_of_service" | "failing" | "failing_late",
): Cause =>
  cause(error, `a workspace that is ${is.replaceAll("_", " ")}`, async (env) => {
    await env.slack.ask("restrictWorkspace", { condition: is });
    return post(env);
  });

const withState = (state: "token_revoked" | "token_expired" | "account_inactive"): Cause =>
  cause(state, `a token whose state is ${state}`, async (env) => {
    await env.slack.ask("setApp", { state });
    return post(env);
  });

/** Sends a raw body of any type. */
export async function sendBody(env: SimulatorWithApp, body: BodyInit, contentType?: string): Promise<Answer> {
  const response = await fetch(`${env.slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${env.slack.app.botToken}`,
      ...(contentType && { "content-type": contentType }),
    },
    body,
  });
  return { status: response.status, headers: response.headers, ...(await response.json()) };
}

const form = "application/x-www-form-urlencoded";

const body = (error: string, situation: string, text: string, contentType: string | undefined): Cause =>
  // Sent as bytes, because fetch adds a content type to text.
  harmless(cause(error, situation, (env) => sendBody(env, new TextEncoder().encode(text), contentType)));

/** Sends ten bytes of a body with a content-length of 100. */
const cutOff = (env: SimulatorWithApp) =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(env.slack.apiUrl);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", reject);
    socket.on("end", () => {
      socket.destroy();
      const json = text.split("\r\n\r\n")[1] ?? "";
      resolve({ status: 200, headers: new Headers(), ...JSON.parse(json) });
    });
    socket.end(
      `POST /api/chat.postMessage HTTP/1.1\r\nhost: slack\r\ncontent-type: ${form}\r\ncontent-length: 100\r\n\r\nchannel=C0`,
    );
  });

const tokenCauses = [
  cause("not_authed", "a missing token", async (env) => {
    const response = await fetch(`${env.slack.apiUrl}chat.postMessage`, { method: "POST" });
    return { status: response.status, headers: response.headers, ...(await response.json()) };
  }),
  cause("invalid_auth", "an unknown token", (env) => post(env, "xoxb-nobody")),
  cause("not_allowed_token_type", "an app-level token", (env) => post(env, env.slack.app.appToken)),
];

/** Causes of the errors that all methods share, by example of chat.postMessage. */
export const commonCauses: Cause[] = [
  ...tokenCauses.map(harmless),
  withState("token_revoked"),
  withState("token_expired"),
  withState("account_inactive"),
  condition("team_added_to_org", "joining_organisation"),
  condition("org_login_required", "moved_to_organisation"),
  condition("service_unavailable", "out_of_service"),
  condition("internal_error", "failing"),
  condition("fatal_error", "failing_late"),
  cause("invalid_arguments", "a missing channel", (env) => env.call("chat.postMessage", { text: "Hello" })),
  cause("unknown_method", "an unknown method", (env) => env.call("chat.shout"), "chat.shout"),
  body("invalid_json", "truncated JSON", '{"channel":', "application/json; charset=utf-8"),
  body("json_not_object", "a JSON list", "[1]", "application/json; charset=utf-8"),
  body("invalid_form_data", "a form with a malformed %", "text=100%", form),
  body("invalid_form_data", "a multipart form without a boundary", "text=x", "multipart/form-data"),
  body("invalid_arg_name", "JSON with the content type of a form", '{"channel":"C1"}', form),
  body("invalid_array_arg", "an argument in PHP's array syntax", "channel[]=C1", form),
  body("invalid_post_type", "XML", "<a/>", "application/xml"),
  body("missing_post_type", "a body without content type", "channel=C1", undefined),
  body("invalid_charset", "an unsupported charset", "{}", "application/json; charset=utf-16"),
  body("request_timeout", "a body above the size limit", `text=${"x".repeat(5_000_000)}`, form),
  cause("request_timeout", "a truncated body", cutOff),
];

const identity = (
  [method, error, situation]: readonly [string, string, string],
  args: object,
  { shape, scopes }: { shape?: typeof organisation; scopes?: string[] } = {},
): Cause => ({
  method,
  error,
  situation,
  ...(shape && { options: shape }),
  async call(env) {
    if (scopes) await env.slack.ask("setApp", { scopes });
    return env.call(method, { ...args });
  },
});

const teamRead = { scopes: ["team:read"] };
const groups = { shape: organisation, scopes: ["usergroups:read"] };

const appLevel = (error: string, situation: string, call: Cause["call"]) =>
  harmless(cause(error, situation, call, "apps.connections.open"));

export const identityCauses: Cause[] = [
  identity(["bots.info", "bot_not_found", "an unknown bot"], { bot: "B0NOBODY01" }),
  identity(["bots.info", "missing_argument", "a missing bot"], {}),
  identity(
    ["bots.info", "team_not_found", "an unknown workspace"],
    { team_id: "T0NOBODY01" },
    {
      shape: organisation,
    },
  ),
  identity(["team.info", "team_not_found", "an unknown workspace"], { team: "T0NOBODY01" }, teamRead),
  identity(
    ["team.info", "team_not_on_enterprise", "a domain outside an organisation"],
    { domain: "acme" },
    teamRead,
  ),
  identity(["auth.teams.list", "invalid_cursor", "an invalid cursor"], { cursor: "next" }),
  identity(["auth.teams.list", "invalid_limit", "a limit of 1,001"], { limit: 1001 }),
  identity(["usergroups.list", "missing_argument", "an organisation's token without team_id"], {}, groups),
  identity(["usergroups.list", "invalid_team", "an unknown workspace"], { team_id: "T0NOBODY01" }, groups),
  appLevel("not_authed", "a missing token", async (env) => {
    const response = await fetch(`${env.slack.apiUrl}apps.connections.open`, { method: "POST" });
    return { status: response.status, headers: response.headers, ...(await response.json()) };
  }),
  appLevel("invalid_auth", "an unknown token", (env) => env.call("apps.connections.open", {}, "xapp-nobody")),
  appLevel("not_allowed_token_type", "a bot token", (env) => env.call("apps.connections.open")),
  appLevel("insecure_request", "a GET request", async (env) => {
    const response = await fetch(`${env.slack.apiUrl}apps.connections.open`);
    return { status: response.status, headers: response.headers, ...(await response.json()) };
  }),
];
