import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Doors, openDoors, password, publicUrl } from "../test/tocsin/server.ts";

const run = promisify(execFile);
let doors: Doors;

beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

/** The command line in a process of its own, on the database that the doors stand on. */
async function tocsin(...words: string[]) {
  const env = {
    PATH: process.env.PATH,
    PUBLIC_URL: publicUrl,
    DATABASE_URL: doors.url,
    SECRET_KEY: Buffer.alloc(32).toString("base64"),
  };
  const { stdout } = await run(process.execPath, ["cli/tocsin.js", ...words], { env });
  return stdout.trim();
}

test("a user made on the command line sets a password with the printed link and is in", async () => {
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
  const { body } = await doors.caller({})("POST", "/api/v1/password-links/use", use);
  expect(body.user).toMatchObject({ email: "ada@example.com", role: "Admin" });
});

test("a token made on the command line is printed alone, and works with what it was given", async () => {
  const token = await tocsin(
    "token",
    "create",
    "--name",
    "script",
    "--permissions",
    "view users,View Audit Log",
  );
  expect(token).toMatch(/^tcn_[\w-]{43}$/);
  const call = doors.caller({ authorization: `Bearer ${token}` });
  const { body } = await call("GET", "/api/v1/audit-log?limit=1");
  expect(body.results[0]).toMatchObject({
    action: "api_token.created",
    actor: { name: "Command line" },
    via: "system",
  });
  expect((await call("GET", "/api/v1/api-tokens")).status).toBe(403);
});

test("what is refused is said in words, with an exit code", async () => {
  const twin = tocsin("user", "create", "--email", "ada@EXAMPLE.com", "--name", "Twin", "--role", "Admin");
  await expect(twin).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^tocsin: There is already a user/),
  });
});
