import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An event as it arrived. */
export interface Received {
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a story reads what came, and fails on what isn't there.
  body: any;
}

/** How the receiver answers: a status, perhaps with headers, or the ways in which none comes. */
export type Behaviour = { status: number; headers?: Record<string, string> } | "hang" | "cut";

/** Somebody's program that takes webhooks. */
export interface Receiver {
  url: string;
  /** All that it was sent, whatever it answered. */
  received: Received[];
  /** What it has taken, in order: answered with a 2xx. */
  taken: Received[];
  /** How it answers the next requests, one each; after them 204. */
  next(...behaviours: Behaviour[]): void;
  /** How it answers from now on. */
  always(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const taken: Received[] = [];
  let queue: Behaviour[] = [];
  let usual: Behaviour = { status: 204 };
  const server = createServer(async (request, response) => {
    const event = await read(request);
    received.push(event);
    const behaviour = queue.shift() ?? usual;
    if (behaviour === "hang") return;
    if (behaviour === "cut") return void request.socket.destroy();
    if (behaviour.status < 300) taken.push(event);
    answer(response, behaviour);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}/hook`,
    received,
    taken,
    next(...behaviours) {
      queue = behaviours;
    },
    always(behaviour) {
      queue = [];
      usual = behaviour;
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
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  return address.port;
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return { headers: request.headers, text, body: JSON.parse(text) };
}

function answer(response: ServerResponse, { status, headers = {} }: Exclude<Behaviour, string>): void {
  response.writeHead(status, headers).end(status === 204 ? undefined : "whatever the receiver says");
}

/** What a receiver does to know that an event is genuine: the sample of docs/webhooks.md. */
export function isGenuine({ headers, text }: Received, secret: string): boolean {
  const timestamp = headers["x-tocsin-timestamp"];
  const expected = createHmac("sha256", secret).update(`v1:${timestamp}:${text}`).digest("hex");
  const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return fresh && headers["x-tocsin-signature"] === `v1=${expected}`;
}
