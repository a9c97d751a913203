import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A load balancer for requests from Slack: sends each to the next node, and on to others if that fails. */
export async function startBalancer(ports: readonly number[]) {
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await readAll(incoming);
    turn += 1;
    const order = ports.map((_, n) => ports[(n + turn) % ports.length] ?? 0);
    pass(order, { incoming, outgoing, body });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Passing = { incoming: IncomingMessage; outgoing: ServerResponse; body: Buffer };

function pass([port, ...others]: number[], passing: Passing): void {
  const { incoming, outgoing, body } = passing;
  if (port === undefined) {
    outgoing.writeHead(502).end();
    return;
  }
  const { method, url, headers } = incoming;
  const inner = request({ host: "127.0.0.1", port, method, path: url, headers, timeout: 2500 });
  inner.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  inner.on("timeout", () => inner.destroy(new Error("no answer")));
  inner.on("error", () => (outgoing.headersSent ? outgoing.destroy() : pass(others, passing)));
  inner.end(body);
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
