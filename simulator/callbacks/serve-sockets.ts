import type { Server } from "node:http";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Simulator } from "../simulator.ts";
import type { App } from "../workspace/app.ts";
import { type Connection, connectionsOf, type DisconnectReason } from "./sockets.ts";

/** Slack's maximum number of open connections per app. */
const maxConnections = 10;

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

function onMessage({ waiting }: Connection, data: RawData): void {
  const text = data.toString();
  const parsed = acknowledgement.safeParse(parseJson(text));
  // Like Slack, ignores what it can't parse: the envelope stays unacknowledged.
  if (!parsed.success) return;
  const { envelope_id, payload } = parsed.data;
  const body = payload === undefined ? "" : JSON.stringify(payload);
  waiting.get(envelope_id)?.({ ok: true, body, outcome: "ok" });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hello = (app: App, count: number) => ({
  type: "hello",
  num_connections: count,
  debug_info: { host: "simulator", build_number: 1, approximate_connection_time: 18_060 },
  connection_info: { app_id: app.id },
});

function accept({ sockets }: Simulator, app: App, socket: WebSocket): void {
  const connection: Connection = { appId: app.id, socket, waiting: new Map() };
  sockets.connections.add(connection);
  socket.on("message", (data) => onMessage(connection, data));
  socket.on("close", () => {
    sockets.connections.delete(connection);
    for (const end of connection.waiting.values())
      end({ ok: false, reason: "connection_failed", outcome: "connection closed" });
  });
  if (!app.settings.socketMode) {
    disconnect(connection, "link_disabled");
    return;
  }
  socket.send(JSON.stringify(hello(app, connectionsOf(sockets, app.id).length)));
  if (sockets.endNew) disconnect(connection, sockets.endNew);
}

/** Sends a `disconnect` message and closes the connection. */
export function disconnect({ socket }: Connection, reason: DisconnectReason): void {
  if (reason === "cut") {
    socket.terminate();
    return;
  }
  socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "simulator" } }));
  // Slack sends `warning` about ten seconds ahead, so the connection stays open.
  if (reason !== "warning") socket.close();
}

/** Serves the WebSocket URLs from `apps.connections.open`. */
export function serveSockets(server: Server, simulator: Simulator): void {
  const { sockets, world, stopping } = simulator;
  const webSockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "/", "http://simulator").searchParams.get("ticket") ?? "";
    const app = world.apps.get(sockets.tickets.get(ticket) ?? "");
    sockets.tickets.delete(ticket);
    if (!app || connectionsOf(sockets, app.id).length >= maxConnections) {
      socket.end(`HTTP/1.1 ${app ? "429 Too Many Requests" : "403 Forbidden"}\r\n\r\n`);
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (open) => accept(simulator, app, open));
  });
  stopping.addEventListener("abort", () => {
    for (const { socket } of sockets.connections) socket.terminate();
  });
}
