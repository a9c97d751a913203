import { createServer } from "node:http";

export type Received = { path: string; headers: Record<string, string>; body: string; payload: unknown };

type Reply = { status?: number; body?: unknown; afterMs?: number; headers?: Record<string, string> };

export type LittleApp = {
  url: string;
  received: Received[];
  /** What it answers to all that comes, until told otherwise. */
  answerWith: (reply: (received: Received) => Reply | Promise<Reply>) => void;
  close: () => void;
};

const payloadOf = (body: string, contentType: string): unknown =>
  JSON.parse(contentType.includes("json") ? body : (new URLSearchParams(body).get("payload") ?? "null"));

/** An app that keeps what Slack sends to it. */
export async function littleApp(): Promise<LittleApp> {
  const received: Received[] = [];
  let answer: (received: Received) => Reply | Promise<Reply> = () => ({});
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString();
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const one = {
      path: request.url ?? "",
      headers,
      body,
      payload: payloadOf(body, headers["content-type"] ?? ""),
    };
    received.push(one);
    const { status = 200, body: out, afterMs = 0, headers: more = {} } = await answer(one);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    response.writeHead(status, { "content-type": "application/json", ...more });
    response.end(out === undefined ? "" : JSON.stringify(out));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    received,
    answerWith: (reply) => {
      answer = reply;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
