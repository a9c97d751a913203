import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addMember, openServer, type TestServer } from "../../test/tocsin/server.ts";
import { rewriteBelow } from "./served-below.ts";

const rewritten = (url: string, publicUrl = "https://example.com/tocsin") =>
  rewriteBelow(publicUrl)?.(Object.assign(new IncomingMessage(new Socket()), { url }));

test.each([
  ["/tocsin/api/v1/alerts?limit=1", "/api/v1/alerts?limit=1"],
  ["/tocsin", "/"],
  ["/tocsin?q=1", "/?q=1"],
  ["/tocsin/", "/"],
  ["/tocsinette", "/tocsinette"],
  ["/healthz", "/healthz"],
])("below /tocsin, %s is served as %s", (url, expected) => {
  expect(rewritten(url)).toBe(expected);
});

test("without a path in PUBLIC_URL nothing is rewritten", () => {
  expect(rewriteBelow("https://tocsin.example.com")).toBeUndefined();
});

let doors: TestServer;
beforeAll(async () => {
  doors = await openServer({ PUBLIC_URL: "https://example.com/tocsin" });
});
afterAll(() => doors.close());

test("with a path in PUBLIC_URL, API, docs, cookies and redirects are below it", async () => {
  const program = await doors.program();
  expect((await program("GET", "/tocsin/api/v1/alerts")).status).toBe(200);
  expect((await program("GET", "/tocsin/healthz")).status).toBe(200);
  expect((await program("GET", "/healthz")).status).toBe(200);
  expect((await program("GET", "/tocsin/api/docs")).text).toContain('src="/tocsin/api/docs/docs.js"');
  const { body: source } = await program("POST", "/tocsin/api/v1/sources", { kind: "native", name: "Okta" });
  expect(source.url).toMatch(/^https:\/\/example\.com\/tocsin\/api\/v1\/ingest\//);
  const ada = await addMember(doors, program, "Ada", "Admin");
  expect(ada.cookie).toMatch(/^__Secure-tocsin_session=/);
  const headers = { email: ada.email, password: "correct horse battery staple" };
  const signedIn = await doors.caller({})("POST", "/tocsin/api/v1/session", headers);
  expect([signedIn.headers["set-cookie"]].flat().join()).toMatch(/Path=\/tocsin;/);
});

test.each(["/tocsin/alerts", "/tocsin", "/tocsin/", "/"])(
  "the Console's page is served at %s",
  async (path) => {
    const { status, text } = await doors.caller({})("GET", path);
    expect(status).toBe(200);
    expect(text).toMatch(
      /is not built yet|name="base-path" content="\/tocsin"[\s\S]*src="\/tocsin\/assets\//,
    );
  },
);
