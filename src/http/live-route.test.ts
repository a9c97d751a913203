import { once } from "node:events";
import { type ClientRequest, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addMember, type Member, openServer, type TestServer } from "../../test/tocsin/server.ts";

let doors: TestServer;
let ada: Member;
/** How many streams follow the notifications, and how many ever did. */
let followers: number;
let followed: number;
const requests: ClientRequest[] = [];

beforeEach(async () => {
  doors = await openServer();
  ada = await addMember(doors, await doors.program(), "Ada", "Analyst");
  followers = 0;
  followed = 0;
  doors.deps.notifications.subscribe = () => {
    followers += 1;
    followed += 1;
    return () => {
      followers -= 1;
    };
  };
  await doors.app.listen({ port: 0, host: "127.0.0.1" });
});
afterEach(async () => {
  for (const request of requests.splice(0)) request.destroy();
  await doors.close();
});

function open(headers: Record<string, string> = {}): ClientRequest {
  const address = doors.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${address.port}/api/v1/live`;
  const request = get(url, { headers: { cookie: ada.cookie, ...headers }, agent: false });
  request.on("error", () => {});
  requests.push(request);
  return request;
}

async function statusOf(request: ClientRequest): Promise<number | undefined> {
  const [answer]: IncomingMessage[] = await once(request, "response");
  answer?.on("error", () => {});
  answer?.resume();
  return answer?.statusCode;
}

test("a stream that hangs up while it is told what it missed leaves nothing behind", async () => {
  const { pool } = doors.deps.db;
  const holder = await pool.connect();
  await holder.query("begin; lock table history in access exclusive mode");
  const request = open({ "last-event-id": new Date().toISOString() });
  expect(await statusOf(request)).toBe(200);
  request.destroy();
  const { server } = doors.app;
  await expect.poll(() => promisify(server.getConnections.bind(server))()).toBe(0);
  await holder.query("commit");
  holder.release();
  await expect.poll(() => followed).toBe(1);
  expect(followers).toBe(0);
});

test("a caller has at most 20 streams, and room again when one ends", async () => {
  const open20 = Array.from({ length: 20 }, () => open());
  for (const status of await Promise.all(open20.map(statusOf))) expect(status).toBe(200);
  expect(await statusOf(open())).toBe(429);
  const program = await doors.program();
  expect((await program("GET", "/api/v1/alerts")).status).toBe(200);
  open20[0]?.destroy();
  await expect.poll(() => statusOf(open())).toBe(200);
});

test.each([
  [
    "loses View Alerts",
    "update users set role_id = (select id from roles where name = 'Keeper') where id = $1",
  ],
  [
    "has a role that loses it",
    "update roles set permissions = '{View Users}' where id = (select role_id from users where id = $1)",
  ],
  ["is disabled", "update users set enabled = false where id = $1"],
])("a stream ends within 4 s when its user %s", async (_, loss) => {
  const { pool } = doors.deps.db;
  await pool.query(
    "insert into roles (id, name, permissions) values (gen_random_uuid(), 'Keeper', '{View Users}')",
  );
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const [answer]: IncomingMessage[] = await once(open(), "response");
    let over = false;
    answer?.on("end", () => {
      over = true;
    });
    answer?.resume();
    await vi.advanceTimersByTimeAsync(4000);
    expect(over).toBe(false);
    await pool.query(loss, [ada.id]);
    await vi.advanceTimersByTimeAsync(4000);
    await expect.poll(() => over).toBe(true);
    expect(followers).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("a stopping node ends its streams", async () => {
  const [answer]: IncomingMessage[] = await once(open(), "response");
  const ended = answer && once(answer.resume(), "end");
  await doors.app.close();
  await ended;
  expect(followers).toBe(0);
});
