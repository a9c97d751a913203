import { createServer } from "node:http";
import { isIPv4 } from "node:net";

export interface DoubleRequest {
  path: string;
  text: string;
}
export interface DoubleAnswer {
  status: number;
  body?: object | string;
  headers?: Record<string, string>;
}

/** A server that stands for somebody else's, on loopback. */
export async function startDouble(answer: (request: DoubleRequest) => DoubleAnswer) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const { status, body = "", headers = {} } = answer({ path: `${request.method} ${request.url}`, text });
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address === "string" || !isIPv4(address.address))
    throw new Error("The double has no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
