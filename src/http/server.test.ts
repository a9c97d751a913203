import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, openServer, type TestServer } from "../../test/tocsin/server.ts";
import { badAddress } from "./arrival.ts";

let doors: TestServer;
let program: Caller;
let visitor: Caller;

beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
  visitor = doors.caller({});
});
afterAll(() => doors.close());

test("every error is answered with problem details", async () => {
  const json = { "content-type": "application/json" };
  const post = (payload: string, headers: Record<string, string> = json) =>
    doors.app.inject({ method: "POST", url: "/api/v1/session", payload, headers });
  const answers = [
    [404, await doors.app.inject("/api/v1/nothing?secret=1")],
    [404, await doors.app.inject({ method: "PUT", url: "/api/v1/users" })],
    [401, await doors.app.inject("/api/v1/users")],
    [400, await doors.app.inject("/api/%zz")],
    [400, await post("{not json")],
    [400, await post("")],
    [415, await post("a=1", { "content-type": "application/x-www-form-urlencoded" })],
    [413, await post(JSON.stringify({ email: "x".repeat(1024 * 1024) }))],
  ] as const;
  for (const [status, answer] of answers) {
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status, type: "about:blank", title: expect.any(String) });
    expect(answer.json().detail).toMatch(/^.{10,}$/);
    expect(answer.body).not.toContain("secret");
  }
});

test("an invalid body is answered with an error for each field", async () => {
  const { status, body } = await program("POST", "/api/v1/api-tokens", {
    name: " ",
    permissions: ["View Alerts", "Fly"],
    cidr: "10.0.0.0/8",
  });
  expect(status).toBe(400);
  expect(body.errors).toEqual([
    { field: "name", detail: expect.any(String), expected: "at least 1" },
    {
      field: "permissions.1",
      detail: expect.any(String),
      expected: expect.stringContaining("Manage Alerts, "),
    },
    { field: "cidr", detail: "This field does not exist." },
  ]);
  expect((await program("GET", "/api/v1/users?limit=51")).body.errors[0]).toMatchObject({
    field: "limit",
    expected: "at most 50",
  });
  expect((await program("GET", "/api/v1/users?cursor=abc")).body.errors[0].field).toBe("cursor");
  expect((await program("GET", "/api/v1/users/42")).body.errors[0].field).toBe("id");
});

const cursorOf = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString("base64url");
const id = "00000000-0000-4000-8000-000000000000";

test.each([
  ["POST", "/session", { email: "a\0", password: "x" }, "email"],
  ["POST", "/session", { email: "a", password: "x\ud800" }, "password"],
  ["POST", "/password-links/look", { token: "\0" }, "token"],
  ["POST", "/users", { email: "ada@example.com", name: "Ada\0", role: "Admin" }, "name"],
  ["POST", "/sources", { kind: "native", name: "\udc00" }, "name"],
  ["POST", "/api-tokens", { name: "a", permissions: [], cidrs: ["", "\0"] }, "cidrs.1"],
  ["POST", "/destinations", { type: "custom-webhook", headers: { "\0": "x" } }, "headers.\ufffd"],
  ["PATCH", "/settings", { severityEmoji: { "\ud800": "" } }, "severityEmoji.\ufffd"],
  ["GET", "/alerts?q=%00", undefined, "q"],
  ["GET", "/alerts?detection=a,b%00", undefined, "detection"],
  ["GET", "/slack/installs/%00", undefined, "id"],
  ["GET", "/alerts?createdAfter=0000-01-01T00:00:00Z", undefined, "createdAfter"],
  ["GET", `/alerts?cursor=${cursorOf("", id)}`, undefined, "cursor"],
  ["GET", `/alerts?cursor=${cursorOf("HIGH", id)}`, undefined, "cursor"],
  ["GET", `/alerts?cursor=${cursorOf("0000-01-01 00:00:00+00", id)}`, undefined, "cursor"],
  ["GET", `/alerts?sort=severity&cursor=${cursorOf("2026-01-01 00:00:00+00", id)}`, undefined, "cursor"],
  ["GET", `/users?cursor=${cursorOf("a\0")}`, undefined, "cursor"],
] as const)("%s %s with what PostgreSQL can't take is refused by naming the field", async (...sent) => {
  const [method, path, body, field] = sent;
  const answer = await program(method, `/api/v1${path}`, body);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
});

test("a body without a byte is none, and one that is not UTF-8 is refused", async () => {
  const { body } = await program("POST", "/api/v1/sources", { kind: "native", name: "Empty" });
  const { token } = (
    await program("POST", "/api/v1/api-tokens", { name: "t", permissions: ["Manage Sources"] })
  ).body;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = (payload: string | Buffer) =>
    doors.app.inject({ method: "POST", url: `/api/v1/sources/${body.id}/keys`, payload, headers });
  expect((await send("")).statusCode).toBe(201);
  expect((await send(Buffer.from([0x22, 0xff, 0x22]))).json()).toMatchObject({ errors: [{ field: "body" }] });
});

test("an address that the router can't read is refused without repeating it", async () => {
  expect(badAddress({ code: "FST_ERR_MAX_PARAM_LENGTH" }).status).toBe(414);
  expect((await visitor("GET", "/api/v1/users/%ff")).body.detail).not.toContain("%ff");
});

test("an unknown token gets 401, a token without the permission 403", async () => {
  const unknown = doors.caller({ authorization: "Bearer tcn_unknown" });
  expect(await unknown("GET", "/api/v1/users")).toMatchObject({
    status: 401,
    headers: { "www-authenticate": "Bearer" },
  });
  const weak = await doors.program(["View Alerts"]);
  const { status, body } = await weak("GET", "/api/v1/users");
  expect([status, body.detail]).toEqual([403, expect.stringContaining("View Users")]);
});

test("each documented route has its access and its bodies by reference", async () => {
  const { body } = await visitor("GET", "/api/openapi.json");
  expect(body.openapi).toBe("3.1.0");
  const operations = Object.values(body.paths).flatMap((path) => Object.values(Object(path)));
  expect(operations.length).toBeGreaterThan(10);
  for (const operation of operations) {
    const responses = { default: { content: { "application/problem+json": expect.any(Object) } } };
    expect(operation).toMatchObject({ summary: expect.any(String), security: expect.any(Array), responses });
  }
  const listUsers = body.paths["/api/v1/users"].get;
  expect(listUsers.description).toBe("Needs the permission View Users.");
  expect(JSON.stringify(listUsers.responses)).toContain("#/components/schemas/User");
});

test("pages allow no foreign scripts and no framing", async () => {
  const { headers } = await visitor("GET", "/alerts");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/script-src|unsafe-eval/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
  expect((await visitor("GET", "/healthz")).headers["strict-transport-security"]).toBeDefined();
});

test("addresses of the Console get its page, others get 404", async () => {
  expect((await visitor("GET", "/alerts/1042")).headers["content-type"]).toContain("text/html");
  for (const url of ["/api/v2/alerts", "/slack/nothing", "/assets/old.js", "/favicon.gif"]) {
    expect((await visitor("GET", url)).status).toBe(404);
  }
});

test("metrics count answers by the route's pattern", async () => {
  await program("GET", "/api/v1/users/00000000-0000-4000-8000-000000000000");
  const { text } = await visitor("GET", "/metrics");
  expect(text).toMatch(
    /tocsin_http_answer_seconds_count\{method="GET",route="\/api\/v1\/users\/:id",status="404"\} 1/,
  );
  expect(text).toContain("tocsin_deliveries_open");
  expect(text).not.toContain("00000000-0000-4000");
});

test("without the database the API answers 503 and the process is not ready", async () => {
  const dying = await openServer();
  const call = await dying.program();
  expect((await call("GET", "/readyz")).status).toBe(200);
  await dying.deps.db.pool.end();
  expect(await call("GET", "/api/v1/users")).toMatchObject({
    status: 503,
    headers: { "retry-after": "5" },
    body: { detail: expect.stringContaining("database") },
  });
  expect((await call("GET", "/healthz")).status).toBe(200);
  expect((await call("GET", "/readyz")).status).toBe(503);
  await dying.app.close();
});

test("the log has the caller and the route, and nothing that was sent", async () => {
  const from = doors.log.length;
  const headers = { authorization: "Bearer tcn_secret", cookie: "tocsin_session=secret" };
  await doors.caller(headers)("GET", "/api/v1/users?key=secret");
  await doors.caller(headers)("POST", "/api/v1/session", { email: "secret", password: "secret" });
  await program("GET", "/api/v1/users?cursor=secret");
  const lines = doors.log.slice(from);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { method: "GET", route: "/api/v1/users", status: 401 },
    { msg: "a sign-in was refused", why: "wrong", ip: "192.0.2.1" },
    { method: "POST", route: "/api/v1/session", status: 401 },
    { method: "GET", route: "/api/v1/users", status: 400, actor: expect.any(String) },
  ]);
  expect(lines.join()).not.toContain("secret");
});
