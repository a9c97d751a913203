import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, openServer, type TestServer } from "../../test/tocsin/server.ts";

let doors: TestServer;
let program: Caller;
let port: number;
let source: { id: string; key: string };

beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
  port = Number(new URL(await doors.app.listen({ port: 0, host: "127.0.0.1" })).port);
  source = (await program("POST", "/api/v1/sources", { kind: "native", name: "Native" })).body;
});
afterAll(() => doors.close());

/** Sends the head of a request, and no more. */
function begin(path: string, headers: Record<string, string | number>): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  const lines = Object.entries({ host: "tocsin", ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
  return socket;
}

/** The status of the first answer. */
async function statusOf(socket: Socket): Promise<number> {
  const [answer] = await once(socket, "data");
  socket.destroy();
  return Number(/^HTTP\/1.1 (\d+)/.exec(String(answer))?.[1]);
}

/** As Slack signs, with another secret. */
const signed = () => ({
  "content-type": "application/json",
  "x-slack-signature": `v0=${"0".repeat(64)}`,
  "x-slack-request-timestamp": Math.floor(doors.deps.clock().getTime() / 1000),
});

const report = (body: unknown, key = source.key, ip = "192.0.2.1") =>
  doors.caller({ "x-api-key": key }, ip)("POST", `/api/v1/ingest/${source.id}`, [body]);

test("a wrong key, a too large body and an unknown address are refused before the body arrives", async () => {
  const path = `/api/v1/ingest/${source.id}`;
  const json = { "content-type": "application/json" };
  const [small, large] = [1000, 2 ** 20 + 1];
  expect(await statusOf(begin(path, { ...json, "x-api-key": "wrong", "content-length": small }))).toBe(401);
  expect(await statusOf(begin(path, { ...json, "x-api-key": source.key, "content-length": large }))).toBe(
    413,
  );
  expect(await statusOf(begin("/slack/events", { ...json, "content-length": 2 ** 22 + 1 }))).toBe(413);
  expect(await statusOf(begin("/slack/events", { ...json, "content-length": 4097 }))).toBe(401);
  expect(await statusOf(begin("/slack/events", { ...signed(), "content-length": 2 ** 22 + 1 }))).toBe(413);
  expect(await statusOf(begin("/api/v1/session", { ...json, "content-length": 2 ** 14 + 1 }))).toBe(413);
  expect(await statusOf(begin("/nothing", { ...json, "content-length": small }))).toBe(404);
});

test("unfinished unsigned bodies make room for each other, the oldest first", async () => {
  const [oldest = begin("/", {}), ...others] = Array.from({ length: 9 }, () => {
    const socket = begin("/slack/events", { ...signed(), "content-length": 2 ** 22 });
    socket.write(Buffer.alloc(2 ** 20, "["));
    return socket;
  });
  expect(await statusOf(oldest)).toBe(408);
  for (const socket of others) socket.destroy();
});

test("an unsigned body is parsed only if it can be a challenge", async () => {
  const challenge = (padding: string) =>
    doors.caller({})("POST", "/slack/events", {
      type: "url_verification",
      token: padding,
      challenge: "c",
      padding,
    });
  expect((await challenge("")).body).toEqual({ challenge: "c" });
  expect((await challenge("x".repeat(5000))).status).toBe(401);
});

test("a source over its limit gets 429 with what it may send, until time has passed", async () => {
  const { body } = await program("PATCH", `/api/v1/sources/${source.id}`, {
    rateLimit: { perSecond: 1, burst: 3 },
  });
  expect(body.rateLimit).toEqual({ perSecond: 1, burst: 3 });
  doors.pass(5000);
  const invalid = { severity: "HIGH" };
  expect((await report(invalid)).status).toBe(400);
  const many = await doors.caller({ "x-api-key": source.key })("POST", `/api/v1/ingest/${source.id}`, [
    ...Array.from({ length: 4 }, () => invalid),
  ]);
  expect(many.status).toBe(400);
  expect(await report(invalid)).toMatchObject({
    status: 429,
    headers: { "retry-after": expect.anything(), "ratelimit-limit": "3", "ratelimit-remaining": "0" },
    body: { detail: expect.stringContaining("1 a second, 3 at once") },
  });
  doors.pass(3000);
  expect((await report(invalid)).status).toBe(400);
});

test("wrong keys and wrong tokens are limited by address; right ones go on working there", async () => {
  const wrongKeys = Array.from({ length: 100 }, () => report({}, "wrong", "192.0.2.7"));
  expect((await Promise.all(wrongKeys)).map(({ status }) => status)).toContain(429);
  expect((await report({}, "wrong", "192.0.2.8")).status).toBe(401);
  doors.pass(10_000);
  expect((await report({}, source.key, "192.0.2.7")).status).toBe(400);
  const unknown = doors.caller({ authorization: "Bearer tcn_wrong" }, "192.0.2.9");
  const wrongTokens = Array.from({ length: 100 }, () => unknown("GET", "/api/v1/alerts"));
  expect((await Promise.all(wrongTokens)).map(({ status }) => status)).toContain(429);
});

test("JSON with too many levels or values is refused before it is parsed", async () => {
  const post = (payload: string) =>
    doors.app.inject({
      method: "POST",
      url: "/api/v1/session",
      payload,
      headers: { "content-type": "application/json" },
    });
  expect((await post("[".repeat(101))).json().detail).toContain("at most 100 levels");
  const values = `[${Array(250_000).fill(0).join()}]`;
  const answer = await doors.app.inject({
    method: "POST",
    url: `/api/v1/ingest/${source.id}`,
    payload: values,
    headers: { "x-api-key": source.key },
  });
  expect(answer.json().detail).toContain("at most 200000 values");
});

test("a request that takes too long gets 408", async () => {
  const { server } = doors.app;
  expect([server.requestTimeout, server.headersTimeout]).toEqual([30_000, 30_000]);
  const accepted = once(server, "connection");
  const socket = begin("/api/v1/session", { "content-length": 10 });
  const [connection] = await accepted;
  server.emit("clientError", Object.assign(new Error(), { code: "ERR_HTTP_REQUEST_TIMEOUT" }), connection);
  expect(await statusOf(socket)).toBe(408);
});
