import type { Simulator } from "../simulator.ts";
import type { Entry } from "../traffic/entry.ts";
import { trimmed } from "../traffic/traffic.ts";
import type { App } from "../workspace/app.ts";
import type { Installation } from "../workspace/installation.ts";
import { sign } from "./sign.ts";

export type Reason = "http_timeout" | "connection_failed" | "http_error" | "no_request_url";

export type Reply = { ok: true; body: string } | { ok: false; reason: Reason; noRetry?: boolean };

type Request = {
  /** Which of the app's addresses it goes to, and in which form. */
  kind: "event" | "interaction";
  what: string;
  body: string;
  headers?: Record<string, string>;
  about?: Pick<Entry, "channel" | "ts">;
};

const contentTypes = { event: "application/json", interaction: "application/x-www-form-urlencoded" } as const;

const addressOf = ({ settings }: App, kind: Request["kind"]) =>
  kind === "event" ? settings.requestUrl : settings.interactivityUrl;

/** How long Slack waits for an app, in milliseconds. */
const patience = 3000;

type Target = { app: App; url: string };

async function send(
  { world, stopping }: Simulator,
  { app, url }: Target,
  request: Request,
): Promise<Reply & { outcome: string }> {
  const timestamp = String(Math.floor(world.now() / 1000));
  try {
    const response = await fetch(url, {
      method: "POST",
      body: request.body,
      headers: {
        // Exactly this, with no charset: Bolt compares the header as a whole.
        "content-type": contentTypes[request.kind],
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": sign(app.signingSecret, timestamp, request.body),
        ...request.headers,
      },
      signal: AbortSignal.any([AbortSignal.timeout(patience), stopping]),
    });
    const body = await response.text();
    if (response.ok) return { ok: true, body, outcome: "ok" };
    const noRetry = response.headers.get("x-slack-no-retry") === "1";
    return { ok: false, reason: "http_error", noRetry, outcome: `HTTP ${response.status}` };
  } catch (fault) {
    const late = fault instanceof DOMException && fault.name === "TimeoutError";
    const reason = late ? "http_timeout" : "connection_failed";
    return { ok: false, reason, outcome: reason };
  }
}

/** Sends a signed request to the app and waits three seconds for its answer, which stands in the log. */
export async function callApp(simulator: Simulator, app: App, request: Request): Promise<Reply> {
  const { world, traffic, changes } = simulator;
  const at = world.now();
  const { what, body, about, kind } = request;
  const entry = traffic.open({ ...about, at, what, direction: "Slack to app", request: trimmed(body) });
  const url = addressOf(app, kind);
  const reply = url
    ? await send(simulator, { app, url }, request)
    : { ok: false as const, reason: "no_request_url" as const, outcome: "no_request_url" };
  entry.outcome = reply.outcome;
  entry.delivered = reply.outcome !== "connection_failed" && reply.outcome !== "no_request_url";
  entry.tookMs = world.now() - at;
  if (reply.ok) entry.answer = trimmed(reply.body);
  changes.bump();
  return reply;
}

/** Sends what a person did, in the form field that Slack uses. */
export const sendInteraction = (
  simulator: Simulator,
  { app }: Installation,
  {
    payload,
    about,
  }: { payload: { type: string; [key: string]: unknown }; about?: Pick<Entry, "channel" | "ts"> },
): Promise<Reply> =>
  callApp(simulator, app, {
    kind: "interaction",
    what: payload.type,
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    about,
  });
