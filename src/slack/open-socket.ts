import { WebSocket } from "ws";
import { z } from "zod";
import { classify, type FaultFacts, SlackFault } from "./client/slack-fault.ts";
import { parseJson } from "./request/origin.ts";
import { readInteraction } from "./request/read-interaction.ts";
import { readEnvelope, readSlashCommand } from "./request/read-request.ts";
import type { SlackRequest } from "./request/slack-request.ts";

/** One open connection of Socket Mode. */
export interface Socket {
  /** Sends the answer to an envelope; without a payload it says only that it arrived. */
  acknowledge(envelopeId: string, payload?: unknown): void;
  close(): void;
}

interface SocketEars {
  message: (message: SocketMessage) => void;
  /** It has ended, for whatever reason. Called once, and not before it was open. */
  ended: () => void;
}

const helloMs = 10_000;
/** Slack pings about as often; a network that swallows connections is noticed by its silence. */
const pingMs = 15_000;
const silentMs = 40_000;

/** Opens an address that `apps.connections.open` gave. Resolves at Slack's hello; throws a `SlackFault` if none comes. */
export function openSocket(address: string, { message, ended }: SocketEars): Promise<Socket> {
  const socket = new WebSocket(address, { handshakeTimeout: helloMs, maxPayload: 4 * 1024 * 1024 });
  const stop = keepAlive(socket);
  let greeted = false;
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      socket.terminate();
      reject(new SlackFault("wss", classify(cause), { cause }));
    };
    const refuse = (code: string) => {
      socket.terminate();
      reject(new SlackFault("wss", { ...silent, code }));
    };
    const late = setTimeout(() => fail(new DOMException("no hello came", "TimeoutError")), helloMs);
    socket.on("message", (data) => {
      const read = readSocketMessage(data.toString());
      // Instead of a hello: Socket Mode is switched off, for instance.
      if (read.kind === "disconnect" && !greeted) return refuse(read.reason);
      if (read.kind !== "hello") return message(read);
      greeted = true;
      clearTimeout(late);
      resolve({
        acknowledge: (envelope_id, payload) =>
          socket.send(JSON.stringify({ envelope_id, ...(payload !== undefined && { payload }) })),
        close: () => socket.close(),
      });
    });
    socket.on("error", fail);
    socket.on("close", () => {
      clearTimeout(late);
      stop();
      if (greeted) ended();
      else fail(new Error("the connection ended before Slack's hello"));
    });
  });
}

const silent: Omit<FaultFacts, "code"> = {
  kind: "setup",
  answerLost: false,
  retryAfterSeconds: null,
  neededScope: null,
  remarks: [],
};

function keepAlive(socket: WebSocket): () => void {
  let heardAt = performance.now();
  const heard = () => {
    heardAt = performance.now();
  };
  for (const sign of ["open", "message", "ping", "pong"] as const) socket.on(sign, heard);
  const timer = setInterval(() => {
    if (performance.now() - heardAt > silentMs) socket.terminate();
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, pingMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** What Slack says over a socket. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type SocketMessage =
  /** The connection is ready, and the app has so many of them. */
  | { kind: "hello" }
  /** The connection is about to end, or Socket Mode was switched off (`link_disabled`). */
  | { kind: "disconnect"; reason: string }
  | { kind: "request"; envelopeId: string; takesAnswer: boolean; request: SlackRequest }
  | { kind: "unreadable" };

const disconnect = z.object({ type: z.literal("disconnect"), reason: z.string().default("unknown") });
const envelope = z.object({
  type: z.enum(["events_api", "interactive", "slash_commands"]),
  envelope_id: z.string().min(1),
  accepts_response_payload: z.boolean().default(false),
  payload: z.unknown(),
});
const form = z.record(z.string(), z.unknown());

/** Reads one message of a socket. Never throws, whatever comes in. */
export function readSocketMessage(text: string): SocketMessage {
  const message = parseJson(text);
  if (z.object({ type: z.literal("hello") }).safeParse(message).success) return { kind: "hello" };
  const ending = disconnect.safeParse(message);
  if (ending.success) return { kind: "disconnect", reason: ending.data.reason };
  const read = envelope.safeParse(message);
  if (!read.success) return { kind: "unreadable" };
  const { envelope_id: envelopeId, accepts_response_payload: takesAnswer, type, payload } = read.data;
  return { kind: "request", envelopeId, takesAnswer, request: requestOf(type, payload) };
}

function requestOf(type: z.output<typeof envelope>["type"], payload: unknown): SlackRequest {
  switch (type) {
    case "events_api":
      return readEnvelope(payload);
    case "interactive":
      return readInteraction(payload);
    case "slash_commands": {
      const fields = form.safeParse(payload);
      if (!fields.success) return { type: "malformed", why: "a command that is no object" };
      const texts = Object.entries(fields.data).map(([name, value]) => [name, String(value)]);
      return readSlashCommand(Object.fromEntries(texts));
    }
    default:
      return type satisfies never;
  }
}
