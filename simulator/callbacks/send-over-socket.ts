import { randomUUID } from "node:crypto";
import type { Simulator } from "../simulator.ts";
import type { App } from "../workspace/app.ts";
import type { Outcome, Request } from "./request.ts";
import { type Connection, connectionsOf } from "./sockets.ts";

const types = {
  event: "events_api",
  interaction: "interactive",
  options: "interactive",
  command: "slash_commands",
} as const;

const envelope = ({ kind, payload, retry }: Request, id: string) => ({
  envelope_id: id,
  type: types[kind],
  accepts_response_payload: kind !== "event",
  payload,
  ...(kind === "event" && { retry_attempt: retry?.tries ?? 0, retry_reason: retry?.reason ?? "" }),
});

/** Slack sends each payload to one random connection. */
function randomOf(all: readonly Connection[]): Connection | undefined {
  return all[Math.floor(Math.random() * all.length)];
}

/** Sends an envelope over one of an app's connections and waits up to `world.patienceMs` for the acknowledgement. */
export function sendOverSocket({ world, sockets }: Simulator, app: App, request: Request): Promise<Outcome> {
  const connection = randomOf(connectionsOf(sockets, app.id));
  if (!connection)
    return Promise.resolve({ ok: false, reason: "connection_failed", outcome: "no connection" });
  const id = randomUUID();
  return new Promise((resolve) => {
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      connection.waiting.delete(id);
      resolve(outcome);
    };
    const timer = setTimeout(
      () => end({ ok: false, reason: "http_timeout", outcome: "not acknowledged" }),
      world.patienceMs,
    );
    timer.unref();
    connection.waiting.set(id, end);
    connection.socket.send(JSON.stringify(envelope(request, id)));
  });
}
