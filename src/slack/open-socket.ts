import { WebSocket } from "ws";
import { type FaultFacts, SlackFault } from "./client/slack-fault.ts";
import { classify } from "./client/transport/classify.ts";
import { readSocketMessage, type SocketMessage } from "./socket/read-socket-message.ts";

/** One open connection of Socket Mode. */
export interface Socket {
  /** Sends the answer to an envelope; without a payload it says only that it arrived. */
  acknowledge(envelopeId: string, payload?: unknown): void;
  close(): void;
}

export interface SocketEars {
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
  kind: "set-up",
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
