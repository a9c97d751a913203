import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer, password, publicUrl, type TestServer } from "../test/tocsin/server.ts";

const run = promisify(execFile);
let server: TestServer;

beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

/** Runs the command line in a new process, on the server's database. */
async function tocsin(...args: string[]) {
  const env = {
    PATH: process.env.PATH,
    PUBLIC_URL: publicUrl,
    DATABASE_URL: server.databaseUrl,
    SECRET_KEY: Buffer.alloc(32).toString("base64"),
  };
  const { stdout } = await run(process.execPath, ["cli/tocsin.js", ...args], { env });
  return stdout.trim();
}

test("a user created on the command line signs in with the printed link", async () => {
  const link = await tocsin(
    "user",
    "create",
    "--email",
    "ada@example.com",
    "--name",
    "Ada",
    "--role",
    "admin",
  );
  expect(link).toMatch(/^https:\/\/tocsin\.example\.com\/set-password#[\w-]{43}$/);
  const use = { token: new URL(link).hash.slice(1), password };
  const { body } = await server.caller({})("POST", "/api/v1/password-links/use", use);
  expect(body.user).toMatchObject({ email: "ada@example.com", role: "Admin" });
});

test("token create prints only the token, which has the given permissions", async () => {
  const token = await tocsin(
    "token",
    "create",
    "--name",
    "script",
    "--permissions",
    "view users,View Audit Log",
  );
  expect(token).toMatch(/^tcn_[\w-]{43}$/);
  const call = server.caller({ authorization: `Bearer ${token}` });
  const { body } = await call("GET", "/api/v1/audit-log?limit=1");
  expect(body.results[0]).toMatchObject({
    action: "api_token.created",
    actor: { name: expect.stringMatching(/^Command line \(\w.*\)$/) },
    via: "system",
  });
  expect((await call("GET", "/api/v1/api-tokens")).status).toBe(403);
});

test("a refused command prints the reason and exits with 1", async () => {
  const twin = tocsin("user", "create", "--email", "ada@EXAMPLE.com", "--name", "Twin", "--role", "Admin");
  await expect(twin).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^tocsin: There is already a user/),
  });
});
