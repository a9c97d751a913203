import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import type { App, Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { time } from "../api/time.ts";
import type { Notification, SettingsKind } from "../db/notify.ts";
import { authenticate } from "./authenticate.ts";
import { checkAccess } from "./authorize.ts";

/** A lost permission ends the stream within this time. */
const recheckMs = 4000;
/** History entries can be committed out of order by at most this much. */
const overlapSeconds = 10;
const maxResumed = 200;
const maxPerCaller = 20;
const maxPerNode = 1000;
/** A reader that lets more wait is ended. It connects again and is told what it missed. */
const maxWaitingBytes = 1024 * 1024;

/** Server-sent events with the ids of changed alerts and settings. Ends them when the node stops. */
export function liveRoute(app: App, deps: Deps): void {
  const streams = new Map<ServerResponse, string>();
  app.addHook("preClose", async () => {
    for (const stream of streams.keys()) stream.end();
  });
  app.get(
    "/api/v1/live",
    { ...requires("View Alerts"), schema: { tags: ["Live"], summary: "Changes as server-sent events" } },
    async (request, reply) => {
      const { type, id } = request.principal.actor;
      const caller = `${type}:${id}`;
      checkRoom(streams, caller);
      reply.hijack();
      const { raw } = reply;
      streams.set(raw, caller);
      raw.on("close", () => streams.delete(raw));
      raw.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      raw.write("retry: 1000\n\n");
      follow(deps, request, reply);
      await resume(deps, request, reply);
    },
  );
}

/** Throws a 429 if the caller or the node has too many streams. */
function checkRoom(streams: ReadonlyMap<ServerResponse, string>, caller: string): void {
  const own = [...streams.values()].filter((one) => one === caller).length;
  if (own < maxPerCaller && streams.size < maxPerNode) return;
  const whose = own < maxPerCaller ? "This node has" : "You have";
  throw problem(429, `${whose} ${streams.size} open streams, which is the limit. Close some first.`, {
    retryAfter: 10,
  });
}

/** Registers the end first, so that a reader that hangs up at any time leaves nothing behind. */
function follow(deps: Deps, request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = reply;
  const unsubscribe = deps.notifications.subscribe((notification) => {
    for (const event of eventsOf(notification)) send(reply, event, deps.clock());
  });
  const recheck = setInterval(async () => {
    try {
      await authenticate(request, deps);
      checkAccess(request.principal, "View Alerts");
      raw.write(":\n\n");
    } catch {
      raw.end();
    }
  }, recheckMs);
  raw.on("close", () => {
    unsubscribe();
    clearInterval(recheck);
  });
}

function eventsOf(notification: Notification): LiveEvent[] {
  if ("alerts" in notification) return notification.alerts.map((id) => ({ event: "alert", data: { id } }));
  return [{ event: "settings", data: { what: notification.settings } }];
}

function send({ raw }: FastifyReply, { event, data }: LiveEvent, at: Date): void {
  if (raw.writableEnded || raw.destroyed) return;
  raw.write(`id: ${at.toISOString()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  if (raw.writableLength > maxWaitingBytes) raw.destroy();
}

/** Sends a reader that reconnects the alerts that have changed since its last event, from the history. */
async function resume({ db, clock }: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { success, data: since } = time.safeParse(request.headers["last-event-id"]);
  if (!success) return;
  const { rows } = await sql<{ id: string }>`
    select distinct alert_id as id from history
    where at > ${since}::timestamptz - make_interval(secs => ${overlapSeconds})
    limit ${maxResumed}`.execute(db.kysely);
  for (const { id } of rows) send(reply, { event: "alert", data: { id } }, clock());
}

/** An event of `GET /api/v1/live`. It has ids only; the reader fetches what it shows. */
export type LiveEvent =
  | { event: "alert"; data: { id: string } }
  | { event: "settings"; data: { what: SettingsKind } };
