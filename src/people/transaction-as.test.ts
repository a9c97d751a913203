import { once } from "node:events";
import { request } from "node:http";
import { json } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addMember,
  type Caller,
  type Member,
  openServer,
  publicUrl,
  type TestServer,
} from "../../test/tocsin/server.ts";

let doors: TestServer;
let program: Caller;
let root: Member;

beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
  root = await addMember(doors, program, "Root", "Admin");
});
afterAll(() => doors.close());

/** Sends the requests, and takes the sender's role away once each of them is in its transaction. */
async function demoteDuring(admin: Member, send: (() => Promise<{ status: number }>)[]): Promise<number[]> {
  const { pool, kysely } = doors.deps.db;
  const client = await pool.connect();
  await client.query("begin");
  await client.query(
    "update users set role_id = (select id from roles where name = 'AnalystReadOnly') where id = $1",
    [admin.id],
  );
  const answers = send.map((one) => one());
  const waiting = async () => {
    const { rows } = await sql<{ count: number }>`
      select count(distinct pid) from pg_locks where not granted
        and pid in (select pid from pg_stat_activity where datname = current_database())`.execute(kysely);
    return rows[0]?.count;
  };
  await expect.poll(waiting, { timeout: 5000 }).toBe(send.length);
  await client.query("commit");
  client.release();
  return (await Promise.all(answers)).map(({ status }) => status);
}

test("a change is refused when the permission is lost between the request and the change", async () => {
  const eve = await addMember(doors, program, "Eve", "Admin");
  const source = await program("POST", "/api/v1/sources", { kind: "native", name: "Kept" });
  const attempts = [
    () => eve.call("POST", "/api/v1/users", { email: "mallory@example.com", name: "Mallory", role: "Admin" }),
    () => eve.call("DELETE", `/api/v1/sources/${source.body.id}`),
    () => eve.call("POST", "/api/v1/api-tokens", { name: "Back door", permissions: ["Manage Users"] }),
  ];
  expect(await demoteDuring(eve, attempts)).toEqual([403, 403, 403]);
  const { body: users } = await program("GET", "/api/v1/users");
  expect(users.results.map(({ name }: { name: string }) => name)).not.toContain("Mallory");
  expect((await program("GET", `/api/v1/sources/${source.body.id}`)).status).toBe(200);
  const { body: log } = await program("GET", "/api/v1/audit-log?limit=5");
  expect(JSON.stringify(log)).toContain("has lost meanwhile");
});

test("a token whose maker loses a permission loses it in its changes too", async () => {
  const grace = await addMember(doors, program, "Grace", "Admin");
  const made = await grace.call("POST", "/api/v1/api-tokens", {
    name: "Hers",
    permissions: ["Manage Sources"],
  });
  const token = doors.caller({ authorization: `Bearer ${made.body.token}` });
  const attempts = [() => token("POST", "/api/v1/sources", { kind: "native", name: "Too late" })];
  expect(await demoteDuring(grace, attempts)).toEqual([403]);
});

test("an admin who is disabled while the body of a request arrives changes nothing", async () => {
  const ada = await addMember(doors, program, "Ada", "Admin");
  const origin = await doors.app.listen({ port: 0, host: "127.0.0.1" });
  const body = JSON.stringify({ email: "late@example.com", name: "Late", role: "Admin" });
  const sent = request(`${origin}/api/v1/users`, {
    method: "POST",
    headers: {
      cookie: ada.cookie,
      origin: publicUrl,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    },
  });
  const accepted = once(doors.app.server, "request");
  sent.write(body.slice(0, 10));
  await accepted;
  // The request was judged when its head arrived: this one comes after it.
  await doors.caller({ cookie: ada.cookie })("GET", "/api/v1/session");
  await root.call("PATCH", `/api/v1/users/${ada.id}`, { enabled: false });
  const answered = once(sent, "response");
  sent.end(body.slice(10));
  const [answer] = await answered;
  expect([answer.statusCode, await json(answer)]).toEqual([401, expect.anything()]);
});

test("two admins who disable each other at the same time: one of them stays", async () => {
  const [one, two] = [
    await addMember(doors, program, "One", "Admin"),
    await addMember(doors, program, "Two", "Admin"),
  ];
  const statuses = await Promise.all([
    one.call("PATCH", `/api/v1/users/${two.id}`, { enabled: false }),
    two.call("PATCH", `/api/v1/users/${one.id}`, { enabled: false }),
  ]);
  expect(statuses.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
});
