import type { Agent } from "node:http";
import { WebSocket } from "ws";
import { z } from "zod";
import { classify, type FaultFacts, SlackFault } from "./client/slack-fault.ts";
import { parseJson } from "./request/origin.ts";
import { readInteraction } from "./request/read-interaction.ts";
import { readEnvelope, readSlashCommand } from "./request/read-request.ts";
import type { SlackRequest } from "./request/slack-request.ts";

/** An open Socket Mode connection. */
export interface Socket {
  /** Acknowledges an envelope; a payload is the answer to it. */
  acknowledge(envelopeId: string, payload?: unknown): void;
  close(): void;
  /** How many connections the app has open, this one included, as Slack counts them. */
  connections: number;
}

interface SocketHandlers {
  message: (message: SocketMessage) => void;
  /** The connection has ended, for any reason. Called once, and only if it was open. */
  ended: () => void;
  /** Makes the connection; undefined for a direct one. */
  agent?: Agent | undefined;
}

const helloMs = 10_000;
/** Slack pings about as often. After `silentMs` without a message the connection counts as lost. */
const pingMs = 15_000;
const silentMs = 40_000;

/** Opens an address from `apps.connections.open`. Resolves at Slack's hello; rejects with a `SlackFault` if none comes. */
export function openSocket(address: string, { message, ended, agent }: SocketHandlers): Promise<Socket> {
  const options = { handshakeTimeout: helloMs, maxPayload: 4 * 1024 * 1024 };
  const socket = new WebSocket(address, { ...options, ...(agent && { agent }) });
  const stop = keepAlive(socket);
  let ready = false;
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      socket.terminate();
      reject(new SlackFault("wss", classify(cause), { cause }));
    };
    const refuse = (code: string) => {
      socket.terminate();
      reject(new SlackFault("wss", { ...refusal, code }));
    };
    const timeout = setTimeout(() => fail(new DOMException("no hello came", "TimeoutError")), helloMs);
    socket.on("message", (data) => {
      const read = readSocketMessage(data.toString());
      // Slack sends this instead of a hello if, for example, Socket Mode is turned off.
      if (read.kind === "disconnect" && !ready) return refuse(read.reason);
      if (read.kind !== "hello") return message(read);
      ready = true;
      clearTimeout(timeout);
      resolve({
        connections: read.connections,
        acknowledge: (envelope_id, payload) =>
          socket.send(JSON.stringify({ envelope_id, ...(payload !== undefined && { payload }) })),
        close: () => socket.close(),
      });
    });
    socket.on("error", fail);
    socket.on("close", () => {
      clearTimeout(timeout);
      stop();
      if (ready) ended();
      else fail(new Error("the connection ended before Slack's hello"));
    });
  });
}

const refusal: Omit<FaultFacts, "code"> = {
  kind: "setup",
  answerLost: false,
  retryAfterSeconds: null,
  neededScope: null,
  remarks: [],
};

function keepAlive(socket: WebSocket): () => void {
  let lastActivity = performance.now();
  const noteActivity = () => {
    lastActivity = performance.now();
  };
  for (const event of ["open", "message", "ping", "pong"] as const) socket.on(event, noteActivity);
  const timer = setInterval(() => {
    if (performance.now() - lastActivity > silentMs) socket.terminate();
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, pingMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** What Slack sends over a socket; see https://docs.slack.dev/apis/events-api/using-socket-mode. */
export type SocketMessage =
  /** The connection is ready. */
  | { kind: "hello"; connections: number }
  /** The connection is about to end, or Socket Mode was turned off (`link_disabled`). */
  | { kind: "disconnect"; reason: string }
  | { kind: "request"; envelopeId: string; acceptsAnswer: boolean; request: SlackRequest }
  | { kind: "unreadable" };

const hello = z.object({ type: z.literal("hello"), num_connections: z.int().positive().catch(1) });
const disconnect = z.object({ type: z.literal("disconnect"), reason: z.string().default("unknown") });
const envelope = z.object({
  type: z.enum(["events_api", "interactive", "slash_commands"]),
  envelope_id: z.string().min(1),
  accepts_response_payload: z.boolean().default(false),
  payload: z.unknown(),
});
const form = z.record(z.string(), z.unknown());

/** Reads one message of a socket. Never throws. */
export function readSocketMessage(text: string): SocketMessage {
  const message = parseJson(text);
  const ready = hello.safeParse(message);
  if (ready.success) return { kind: "hello", connections: ready.data.num_connections };
  const ending = disconnect.safeParse(message);
  if (ending.success) return { kind: "disconnect", reason: ending.data.reason };
  const read = envelope.safeParse(message);
  if (!read.success) return { kind: "unreadable" };
  const { envelope_id: envelopeId, accepts_response_payload: acceptsAnswer, type, payload } = read.data;
  return { kind: "request", envelopeId, acceptsAnswer, request: requestOf(type, payload) };
}

function requestOf(type: z.output<typeof envelope>["type"], payload: unknown): SlackRequest {
  switch (type) {
    case "events_api":
      return readEnvelope(payload);
    case "interactive":
      return readInteraction(payload);
    case "slash_commands": {
      const fields = form.safeParse(payload);
      if (!fields.success) return { type: "malformed", why: "a slash command that is not an object" };
      const texts = Object.entries(fields.data).map(([name, value]) => [name, String(value)]);
      return readSlashCommand(Object.fromEntries(texts));
    }
    default:
      return type satisfies never;
  }
}
