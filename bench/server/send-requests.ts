import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Endpoint {
  origin: string;
  path: string;
  headers: Record<string, string>;
}

/**
 * Posts JSON over `connections` connections for some milliseconds, one request at a time on each, and returns how many
 * were answered and how many that is per second. Throws if an answer is not 2xx.
 *
 * Writes to the sockets itself: on two cores, an HTTP client would cost the server a third of its rate.
 */
export async function sendRequests(
  { origin, path, headers }: Endpoint,
  { connections, milliseconds, body }: { connections: number; milliseconds: number; body: () => string },
): Promise<{ done: number; perSecond: number }> {
  const { hostname, port, host } = new URL(origin);
  const fields = { host, "content-type": "application/json", ...headers };
  const head = [`POST ${path} HTTP/1.1`, ...Object.entries(fields).map((field) => field.join(": "))].join(
    "\r\n",
  );
  const begun = performance.now();
  const end = begun + milliseconds;
  let done = 0;
  const loop = async () => {
    const socket = connect(Number(port), hostname).setNoDelay();
    await once(socket, "connect");
    // Without a listener the process would end; `readAnswer` notices that the connection is closed.
    socket.on("error", () => {});
    while (performance.now() < end) {
      const text = body();
      socket.write(`${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      const answer = await readAnswer(socket);
      if (!/^HTTP\/1\.1 2/.test(answer)) throw new Error(answer);
      done++;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return { done, perSecond: done / ((performance.now() - begun) / 1000) };
}

/** Reads one answer with a `content-length`. */
function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const read = (part: Buffer) => {
      answer += part.toString("latin1");
      const headEnd = answer.indexOf("\r\n\r\n");
      const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
      if (headEnd !== -1 && answer.length >= headEnd + 4 + Number(length)) finish(() => resolve(answer));
    };
    const lost = () => finish(() => reject(new Error(`The connection ended after: ${answer}`)));
    const finish = (report: () => void) => {
      socket.off("data", read).off("close", lost);
      report();
    };
    socket.on("data", read).on("close", lost);
  });
}
