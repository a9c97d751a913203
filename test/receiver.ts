import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A received event. */
export interface ReceivedEvent {
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: stories read any body, and fail on a missing field.
  body: any;
}

/** How the receiver responds: a status with optional headers, no response, or a cut connection. */
export type Behaviour = { status: number; headers?: Record<string, string> } | "hang" | "cut";

/** A program that receives webhooks. */
export interface Receiver {
  url: string;
  /** All events that were sent to it, however it responded. */
  received: ReceivedEvent[];
  /** The events that it answered with 2xx, in order. */
  accepted: ReceivedEvent[];
  /** Sets the responses to the next requests; after them it answers as before. */
  next(...behaviours: Behaviour[]): void;
  /** Sets the response to all further requests, 204 at first. */
  always(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedEvent[] = [];
  const accepted: ReceivedEvent[] = [];
  let queue: Behaviour[] = [];
  let standard: Behaviour = { status: 204 };
  const server = createServer(async (request, response) => {
    const event = await read(request);
    received.push(event);
    const behaviour = queue.shift() ?? standard;
    if (behaviour === "hang") return;
    if (behaviour === "cut") return void request.socket.destroy();
    if (behaviour.status < 300) accepted.push(event);
    answer(response, behaviour);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}/hook`,
    received,
    accepted,
    next(...behaviours) {
      queue = behaviours;
    },
    always(behaviour) {
      queue = [];
      standard = behaviour;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The receiver has no port.");
  return address.port;
}

async function read(request: IncomingMessage): Promise<ReceivedEvent> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return { headers: request.headers, text, body: JSON.parse(text) };
}

function answer(response: ServerResponse, { status, headers = {} }: Exclude<Behaviour, string>): void {
  response.writeHead(status, headers).end(status === 204 ? undefined : "a response of the receiver");
}

/** Checks an event's signature as the sample in docs/webhooks.md does. */
export function hasValidSignature({ headers, text }: ReceivedEvent, secret: string): boolean {
  const timestamp = headers["x-tocsin-timestamp"];
  const expected = createHmac("sha256", secret).update(`v1:${timestamp}:${text}`).digest("hex");
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return isRecent && headers["x-tocsin-signature"] === `v1=${expected}`;
}
