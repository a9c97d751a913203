import type { Simulator } from "../simulator.ts";
import { type Entry, trimmed } from "../traffic/traffic.ts";
import type { App } from "../workspace/app.ts";
import type { Installation } from "../workspace/installation.ts";
import { postToApp } from "./post-to-app.ts";
import { bodyOf, type Reason, type Reply, type Request } from "./request.ts";
import { sendOverSocket } from "./send-over-socket.ts";

const notDelivered = new Set<Reason>(["connection_failed", "ssl_error", "no_request_url"]);

/** Sends a request to an app, over its socket or to its URL, and waits for the answer. Logs the call. */
export async function callApp(simulator: Simulator, app: App, request: Request): Promise<Reply> {
  const { world, traffic, changeFeed } = simulator;
  const at = world.now();
  const { what, about } = request;
  const loggedBody = trimmed(bodyOf(request).body);
  const entry = traffic.open({ ...about, at, what, direction: "Slack to app", request: loggedBody });
  const send = app.settings.socketMode ? sendOverSocket : postToApp;
  const reply = await send(simulator, app, request);
  entry.outcome = reply.outcome;
  entry.delivered = reply.ok || !notDelivered.has(reply.reason);
  entry.tookMs = world.now() - at;
  if (reply.ok) entry.answer = trimmed(reply.body);
  changeFeed.bump();
  return reply;
}

type Interaction = {
  payload: { type: string; [key: string]: unknown };
  about?: Pick<Entry, "channel" | "ts">;
};

/** Sends an interaction payload to an app. */
export const sendInteraction = (
  simulator: Simulator,
  { app }: Installation,
  { payload, about }: Interaction,
): Promise<Reply> => callApp(simulator, app, { kind: "interaction", what: payload.type, payload, about });
