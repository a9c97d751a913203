import { connect } from "node:net";
import type { Answer, Setting } from "../fixtures/simulator-with-app.ts";
import { type Cause, organisation, security } from "./cause.ts";

const post = (here: Setting, token?: string) =>
  here.call("chat.postMessage", { channel: security, text: "Hello" }, token);

const cause = (error: string, because: string, call: Cause["call"], method = "chat.postMessage"): Cause => ({
  method,
  error,
  because,
  call,
});

const condition = (
  error: string,
  is: "joining_organisation" | "moved_to_organisation" | "out_of_service" | "failing" | "failing_late",
): Cause =>
  cause(error, `a workspace that is ${is.replaceAll("_", " ")}`, async (here) => {
    await here.slack.ask("restrictWorkspace", { condition: is });
    return post(here);
  });

const withState = (state: "token_revoked" | "token_expired" | "account_inactive"): Cause =>
  cause(state, `a token whose state is ${state}`, async (here) => {
    await here.slack.ask("setApp", { state });
    return post(here);
  });

/** A body as it is, of any type. */
export async function sendBody(here: Setting, body: BodyInit, contentType?: string): Promise<Answer> {
  const response = await fetch(`${here.slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${here.slack.app.botToken}`,
      ...(contentType && { "content-type": contentType }),
    },
    body,
  });
  return { status: response.status, headers: response.headers, ...(await response.json()) };
}

const form = "application/x-www-form-urlencoded";

const body = (error: string, because: string, text: string, contentType: string | undefined): Cause =>
  // As bytes, since text alone gets a type from fetch.
  cause(error, because, (here) => sendBody(here, new TextEncoder().encode(text), contentType));

/** Sends ten bytes of a hundred that it promised, and no more. */
const cutOff = (here: Setting) =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(here.slack.apiUrl);
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

const nobodysToken = [
  cause("not_authed", "no token", async (here) => {
    const response = await fetch(`${here.slack.apiUrl}chat.postMessage`, { method: "POST" });
    return { status: response.status, headers: response.headers, ...(await response.json()) };
  }),
  cause("invalid_auth", "a token of nobody", (here) => post(here, "xoxb-nobody")),
  cause("not_allowed_token_type", "an app-level token", (here) => post(here, here.slack.app.appToken)),
];

/** What any method may be answered with, here met with chat.postMessage. */
export const doorCauses: Cause[] = [
  ...nobodysToken,
  withState("token_revoked"),
  withState("token_expired"),
  withState("account_inactive"),
  condition("team_added_to_org", "joining_organisation"),
  condition("org_login_required", "moved_to_organisation"),
  condition("service_unavailable", "out_of_service"),
  condition("internal_error", "failing"),
  condition("fatal_error", "failing_late"),
  cause("invalid_arguments", "no channel", (here) => here.call("chat.postMessage", { text: "Hello" })),
  cause(
    "unknown_method",
    "a method that Slack doesn't have",
    (here) => here.call("chat.shout"),
    "chat.shout",
  ),
  body("invalid_json", "JSON that breaks off", '{"channel":', "application/json; charset=utf-8"),
  body("json_not_object", "JSON that is a list", "[1]", "application/json; charset=utf-8"),
  body("invalid_form_data", "a form with a broken %", "text=100%", form),
  body("invalid_form_data", "a multipart form without its boundary", "text=x", "multipart/form-data"),
  body("invalid_arg_name", "JSON that calls itself a form", '{"channel":"C1"}', form),
  body("invalid_array_arg", "a list as PHP writes them", "channel[]=C1", form),
  body("invalid_post_type", "XML", "<a/>", "application/xml"),
  body("missing_post_type", "a body of no type", "channel=C1", undefined),
  body("invalid_charset", "a charset of old", "{}", "application/json; charset=utf-16"),
  body("request_timeout", "more than Slack reads", `text=${"x".repeat(5_000_000)}`, form),
  cause("request_timeout", "a body that is cut off", cutOff),
];

const identity = (
  [method, error, because]: readonly [string, string, string],
  args: object,
  { shape, scopes }: { shape?: typeof organisation; scopes?: string[] } = {},
): Cause => ({
  method,
  error,
  because,
  ...(shape && { options: shape }),
  async call(here) {
    if (scopes) await here.slack.ask("setApp", { scopes });
    return here.call(method, { ...args });
  },
});

const teamRead = { scopes: ["team:read"] };
const groups = { shape: organisation, scopes: ["usergroups:read"] };

const appLevel = (error: string, because: string, call: Cause["call"]) =>
  cause(error, because, call, "apps.connections.open");

export const identityCauses: Cause[] = [
  identity(["bots.info", "bot_not_found", "no such bot"], { bot: "B0NOBODY01" }),
  identity(["bots.info", "missing_argument", "no bot"], {}),
  identity(
    ["bots.info", "team_not_found", "a workspace of nobody"],
    { team_id: "T0NOBODY01" },
    {
      shape: organisation,
    },
  ),
  identity(["team.info", "team_not_found", "a workspace of nobody"], { team: "T0NOBODY01" }, teamRead),
  identity(
    ["team.info", "team_not_on_enterprise", "a domain, and no organisation"],
    { domain: "acme" },
    teamRead,
  ),
  identity(["auth.teams.list", "invalid_cursor", "a cursor of nobody"], { cursor: "next" }),
  identity(["auth.teams.list", "invalid_limit", "a page of 1,001"], { limit: 1001 }),
  identity(["usergroups.list", "missing_argument", "an organisation's token without team_id"], {}, groups),
  identity(["usergroups.list", "invalid_team", "a workspace of nobody"], { team_id: "T0NOBODY01" }, groups),
  appLevel("not_authed", "no token", async (here) => {
    const response = await fetch(`${here.slack.apiUrl}apps.connections.open`, { method: "POST" });
    return { status: response.status, headers: response.headers, ...(await response.json()) };
  }),
  appLevel("invalid_auth", "a token of nobody", (here) =>
    here.call("apps.connections.open", {}, "xapp-nobody"),
  ),
  appLevel("not_allowed_token_type", "a bot token", (here) => here.call("apps.connections.open")),
  appLevel("insecure_request", "a GET", async (here) => {
    const response = await fetch(`${here.slack.apiUrl}apps.connections.open`);
    return { status: response.status, headers: response.headers, ...(await response.json()) };
  }),
];
