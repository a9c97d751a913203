import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** How a new event fails. `cut` accepts it, but its response is lost. */
export type ReceiverFault = { status: number } | "cut";

/** A program that receives the events of a Custom Webhook. */
export interface Receiver {
  url: string;
  /** The events that it accepted, in order, with repeats. */
  accepted: { title: string; eventId: string }[];
  /** Fails the next new event. Its retry is accepted, as all other events are. */
  failNext(fault: ReceiverFault): void;
  /** Sets whether every event is answered 410. */
  setGone(isGone: boolean): void;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const accepted: Receiver["accepted"] = [];
  const known = new Set<string>();
  const faults: ReceiverFault[] = [];
  let gone = false;
  const server = createServer(async (request, response) => {
    const { title, eventId } = JSON.parse(await text(request));
    const fault = gone ? { status: 410 } : known.has(eventId) ? undefined : faults.shift();
    known.add(eventId);
    if (fault === undefined || fault === "cut") accepted.push({ title, eventId });
    if (fault === "cut") return void request.socket.destroy();
    response.writeHead(fault?.status ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/events`,
    accepted,
    failNext: (fault) => void faults.push(fault),
    setGone: (isGone) => {
      gone = isGone;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
