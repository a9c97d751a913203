import { createServer, type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";

interface Options {
  /** Where names lead, by host and port as they are asked for: ports of 127.0.0.1. Nothing else is reached. */
  routes: Record<string, number>;
  /** `user:password` that it asks for. */
  credentials?: string;
}

/** A proxy on loopback that takes CONNECT and absolute addresses, and remembers what it was asked for. */
export async function startProxy({ routes, credentials }: Options) {
  /** Each connection or request, as `CONNECT slack.internal:443`. */
  const asked: string[] = [];
  /** The status that it refuses everything with; null while it works. */
  let refusal: number | null = null;
  const sockets = new Set<Socket>();
  const denied = (asking: IncomingMessage): number | null => {
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    return refusal ?? (expected && asking.headers["proxy-authorization"] !== expected ? 407 : null);
  };
  const server = createServer((asking, answer) => {
    const url = new URL(asking.url ?? "");
    asked.push(`${asking.method} ${url.origin}`);
    const port = routes[`${url.hostname}:${url.port || 80}`];
    const status = denied(asking) ?? (port === undefined ? 502 : null);
    if (status !== null) return void answer.writeHead(status).end();
    const { "proxy-authorization": _, ...headers } = asking.headers;
    const path = `${url.pathname}${url.search}`;
    const onward = request({ host: "127.0.0.1", port, path, method: asking.method, headers }, (from) => {
      answer.writeHead(from.statusCode ?? 502, from.headers);
      from.pipe(answer);
    });
    asking.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  });
  server.on("connect", (asking: IncomingMessage, client: Socket) => {
    asked.push(`CONNECT ${asking.url}`);
    const port = routes[asking.url ?? ""];
    const status = denied(asking) ?? (port === undefined ? 502 : null);
    if (status !== null)
      return void client.end(`HTTP/1.1 ${status} No\r\nProxy-Authenticate: Basic realm="double"\r\n\r\n`);
    const onward = connect(port ?? 0, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connected\r\n\r\n");
      client.pipe(onward).pipe(client);
    });
    sockets.add(onward);
    onward.on("error", () => client.destroy());
    client.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    url: `http://${credentials ? `${credentials}@` : ""}127.0.0.1:${address.port}`,
    asked,
    /** Ends all connections, and refuses new ones with this status; works again with null. */
    refuse(status: number | null) {
      refusal = status;
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
