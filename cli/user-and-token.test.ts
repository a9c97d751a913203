import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chainEntries } from "../src/people/audit-log/chain.ts";
import { runCommand } from "../test/tocsin/run-command.ts";
import { openServer, password, publicUrl, type TestServer } from "../test/tocsin/server.ts";
import { audit } from "./audit.ts";
import { token } from "./token.ts";
import { user } from "./user.ts";

const run = promisify(execFile);
let server: TestServer;

beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

/** The settings of a command on the server's database. */
const env = () => ({
  PUBLIC_URL: publicUrl,
  DATABASE_URL: server.databaseUrl,
  SECRET_KEY: Buffer.alloc(32).toString("base64"),
});

test("a user created on the command line signs in with the printed link", async () => {
  const args = ["user", "create", "--email", "ada@example.com", "--name", "Ada", "--role", "admin"];
  const { stdout } = await runCommand(user, { args, env: env() });
  const link = stdout.trim();
  expect(link).toMatch(/^https:\/\/tocsin\.example\.com\/set-password#[\w-]{43}$/);
  const use = { token: new URL(link).hash.slice(1), password };
  const { body } = await server.caller({})("POST", "/api/v1/password-links/use", use);
  expect(body.user).toMatchObject({ email: "ada@example.com", role: "Admin" });
});

test("user reset-factors removes the second factors of the last admin", async () => {
  const { db, clock } = server.deps;
  const { id } = await db.kysely.selectFrom("users").select("id").executeTakeFirstOrThrow();
  const totp = { user_id: id, sealed: Buffer.of(1), created_at: clock(), confirmed_at: clock() };
  await db.kysely.insertInto("totps").values(totp).execute();
  const signIn = () => server.caller({})("POST", "/api/v1/session", { email: "ada@example.com", password });
  expect((await signIn()).status).toBe(202);
  await runCommand(user, { args: ["user", "reset-factors", "--email", "Ada@example.com"], env: env() });
  expect((await signIn()).status).toBe(200);
  const entry = db.kysely.selectFrom("audit_log").select(["via", "target_id"]);
  expect(await entry.where("action", "=", "user.factors_removed").execute()).toEqual([
    { via: "system", target_id: id },
  ]);
  const unknown = runCommand(user, {
    args: ["user", "reset-factors", "--email", "bob@example.com"],
    env: env(),
  });
  await expect(unknown).rejects.toThrow("There is no user with the email bob@example.com");
});

test("token create prints only the token, which has the given permissions", async () => {
  const args = ["token", "create", "--name", "script", "--permissions", "view users,View Audit Log"];
  const { stdout } = await runCommand(token, { args, env: env() });
  const secret = stdout.trim();
  expect(secret).toMatch(/^tcn_[\w-]{43}$/);
  const call = server.caller({ authorization: `Bearer ${secret}` });
  const { body } = await call("GET", "/api/v1/audit-log?limit=1");
  expect(body.results[0]).toMatchObject({
    action: "api_token.created",
    actor: { name: expect.stringMatching(/^Command line \(\w.*\)$/) },
    via: "system",
  });
  expect((await call("GET", "/api/v1/api-tokens")).status).toBe(403);
});

test("audit verify says that the log is intact, and ends with 1 once it is not", async () => {
  await chainEntries(server.deps.db);
  const verify = (...args: string[]) => runCommand(audit, { args: ["audit", "verify", ...args], env: env() });
  const { stdout, exitCode } = await verify();
  expect(stdout).toMatch(
    /^The audit log is intact\.\n\d+ entries from 20\S+Z to 20\S+Z checked\.\nHead: #\d+ [0-9a-f]{64}\./,
  );
  expect(exitCode).toBeUndefined();
  const noted = / ([0-9a-f]{64})\./.exec(stdout)?.[1] ?? "";
  expect((await verify("--expect", noted)).stdout).toContain("The noted hash is in the chain.");
  const unknown = await verify("--expect", "ab".repeat(32));
  expect([unknown.exitCode, unknown.stdout]).toEqual([
    1,
    expect.stringMatching(/^NOT INTACT: not the chain that was noted/),
  ]);
  await server.deps.db.kysely.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update audit_log set actor_name = 'Mallory' where id = (select entry_id from audit_chain where seq = 1)`.execute(
      tx,
    );
  });
  const changed = await verify();
  expect(changed.exitCode).toBe(1);
  expect(changed.stdout).toMatch(
    /^NOT INTACT: changed, entry #1 doesn't have the content that was chained \([0-9a-f-]{36}\)\.\n/,
  );
});

test("a refused command prints the reason and exits with 1", async () => {
  const args = ["user", "create", "--email", "ada@EXAMPLE.com", "--name", "Twin", "--role", "Admin"];
  const { PATH } = process.env;
  const twin = run(process.execPath, ["cli/tocsin.js", ...args], { env: { PATH, ...env() } });
  await expect(twin).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^tocsin: There is already a user/),
  });
});
