import type { Simulator } from "../simulator.ts";
import { type Entry, trimmed } from "../traffic/traffic.ts";
import type { App } from "../workspace/app.ts";
import type { Installation } from "../workspace/installation.ts";
import { postToApp } from "./post-to-app.ts";
import { bodyOf, type Reason, type Reply, type Request } from "./request.ts";
import { sendOverSocket } from "./send-over-socket.ts";

const unreached = new Set<Reason>(["connection_failed", "ssl_error", "no_request_url"]);

/** Tells an app something, over a socket or to its address, and waits three seconds for its answer. */
export async function callApp(simulator: Simulator, app: App, request: Request): Promise<Reply> {
  const { world, traffic, changes } = simulator;
  const at = world.now();
  const { what, about } = request;
  const shown = trimmed(bodyOf(request).body);
  const entry = traffic.open({ ...about, at, what, direction: "Slack to app", request: shown });
  const send = app.settings.socketMode ? sendOverSocket : postToApp;
  const reply = await send(simulator, app, request);
  entry.outcome = reply.outcome;
  entry.delivered = reply.ok || !unreached.has(reply.reason);
  entry.tookMs = world.now() - at;
  if (reply.ok) entry.answer = trimmed(reply.body);
  changes.bump();
  return reply;
}

type Interaction = {
  payload: { type: string; [key: string]: unknown };
  about?: Pick<Entry, "channel" | "ts">;
};

/** Tells an app what a person did. */
export const sendInteraction = (
  simulator: Simulator,
  { app }: Installation,
  { payload, about }: Interaction,
): Promise<Reply> => callApp(simulator, app, { kind: "interaction", what: payload.type, payload, about });
