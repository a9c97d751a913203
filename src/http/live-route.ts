import type { FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import type { App, Deps } from "../api/deps.ts";
import { requires } from "../api/requires.ts";
import type { Notification } from "../db/notify.ts";
import { authenticate } from "./authenticate.ts";
import { checkAccess } from "./authorize.ts";

/** A lost permission ends the stream within this time. */
const recheckMs = 4000;
/** History entries can be committed out of order by at most this much. */
const overlapSeconds = 10;
const maxResumed = 200;

/** Server-sent events with the ids of changed alerts and settings. */
export function liveRoute(app: App, deps: Deps): void {
  app.get(
    "/api/v1/live",
    { ...requires("View Alerts"), schema: { tags: ["Live"], summary: "Changes as server-sent events" } },
    async (request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      reply.raw.write("retry: 1000\n\n");
      await resume(deps, request, reply);
      follow(deps, request, reply);
    },
  );
}

function follow(deps: Deps, request: FastifyRequest, reply: FastifyReply): void {
  const unsubscribe = deps.notifications.subscribe((notification) => {
    for (const event of eventsOf(notification)) send(reply, event, deps.clock());
  });
  const recheck = setInterval(async () => {
    try {
      await authenticate(request, deps);
      checkAccess(request.principal, "View Alerts");
      reply.raw.write(":\n\n");
    } catch {
      reply.raw.end();
    }
  }, recheckMs);
  reply.raw.on("close", () => {
    unsubscribe();
    clearInterval(recheck);
  });
}

function eventsOf(notification: Notification): LiveEvent[] {
  if ("alerts" in notification) return notification.alerts.map((id) => ({ event: "alert", data: { id } }));
  return [{ event: "settings", data: { what: notification.settings } }];
}

function send({ raw }: FastifyReply, { event, data }: LiveEvent, at: Date): void {
  raw.write(`id: ${at.toISOString()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Sends a reader that reconnects the alerts that have changed since its last event, from the history. */
async function resume({ db, clock }: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const last = request.headers["last-event-id"];
  const since = typeof last === "string" ? Date.parse(last) : Number.NaN;
  if (Number.isNaN(since)) return;
  const { rows } = await sql<{ id: string }>`
    select distinct alert_id as id from history
    where at > ${new Date(since)}::timestamptz - make_interval(secs => ${overlapSeconds})
    limit ${maxResumed}`.execute(db.kysely);
  for (const { id } of rows) send(reply, { event: "alert", data: { id } }, clock());
}

/** An event of `GET /api/v1/live`. It has ids only; the reader fetches what it shows. */
export type LiveEvent =
  | { event: "alert"; data: { id: string } }
  | {
      event: "settings";
      data: { what: "destinations" | "sources" | "users" | "slack-app" | "faults" | "settings" };
    };
