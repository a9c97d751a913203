import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** How an event is answered that comes for the first time. `cut` takes it, and the answer is lost. */
export type Mishap = { status: number } | "cut";

/** A program that takes the events of a Custom Webhook. */
export interface Receiver {
  url: string;
  /** What it has taken, in order, repeats too. */
  taken: { title: string; eventId: string }[];
  /** Happens to the next event that is new; the same one is then taken, as all others are. */
  mishap(what: Mishap): void;
  /** Whether every event is answered 410. */
  gone(whether: boolean): void;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const taken: Receiver["taken"] = [];
  const known = new Set<string>();
  const mishaps: Mishap[] = [];
  let gone = false;
  const server = createServer(async (request, response) => {
    const { title, eventId } = JSON.parse(await text(request));
    const mishap = gone ? { status: 410 } : known.has(eventId) ? undefined : mishaps.shift();
    known.add(eventId);
    if (mishap === undefined || mishap === "cut") taken.push({ title, eventId });
    if (mishap === "cut") return void request.socket.destroy();
    response.writeHead(mishap?.status ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/events`,
    taken,
    mishap: (what) => void mishaps.push(what),
    gone: (whether) => {
      gone = whether;
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
