import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { postReports } from "./post-reports.ts";
import { reportOf } from "./send.ts";

let server: Server | undefined;
afterEach(() => server?.close());

const sent = { key: "tsk_1", body: Buffer.from('[{"title":"é"}]'), idempotencyKey: "k1" };
const waits: number[] = [];
const patience = { retries: 3, wait: async (ms: number) => waits.push(ms) };
const post = (url: string) => postReports({ ...sent, url }, patience);

test("the bytes are posted with both keys, and each report's outcome is printed", async () => {
  const results = [
    { index: 0, outcome: "opened", alertId: "0199", number: 1042 },
    { index: 1, outcome: "ignored", warnings: [{ field: "severity", expected: "a word" }] },
  ];
  const seen: object[] = [];
  const url = await answering([202, JSON.stringify({ results })], async (request) => {
    const { "x-api-key": key, "idempotency-key": idempotencyKey } = request.headers;
    seen.push({ key, idempotencyKey, body: await buffer(request) });
  });
  expect(await post(url)).toEqual({
    outcome: "taken",
    output: ["report 0: opened #1042", "report 1: ignored; severity should be a word"],
  });
  expect(seen).toEqual([sent]);
});

const invalid = { index: 0, outcome: "invalid", field: "severity", expected: "one of INFO, LOW" };
const text = "report 0: invalid: severity should be one of INFO, LOW";
test.each([
  ["an invalid report", 202, { results: [invalid] }, "partly", text],
  ["a request without a valid report", 400, { detail: "No.", results: [invalid] }, "refused", text],
  [
    "a wrong key",
    401,
    { detail: "There is no such source." },
    "refused",
    "refused: There is no such source.",
  ],
  ["another body with this key", 422, { detail: "Other." }, "refused", "refused: Other."],
])("%s is printed, and is not tried again", async (_, status, answer, outcome, output) => {
  expect(await post(await answering([status, JSON.stringify(answer)]))).toEqual({
    outcome,
    output: [output],
  });
});

test("a slack-webhook source answers ok", async () => {
  expect(await post(await answering([200, "ok"]))).toEqual({ outcome: "taken", output: ["ok"] });
});

test("each retry carries the same Idempotency-Key, and waits as Tocsin asks", async () => {
  waits.length = 0;
  const keys: unknown[] = [];
  const taken = JSON.stringify({ results: [{ index: 0, outcome: "duplicate" }] });
  const url = await answering([503, "", 429, '{"detail":"Too much."}', 202, taken], async (request) => {
    keys.push(request.headers["idempotency-key"]);
  });
  expect(await post(url)).toEqual({ outcome: "taken", output: ["report 0: duplicate"] });
  expect(keys).toEqual(["k1", "k1", "k1"]);
  expect(waits).toEqual([7000, 7000]);
});

test("after the last retry the reason is printed", async () => {
  waits.length = 0;
  const url = await answering([503, '{"detail":"The database is not available."}']);
  expect(await post(url)).toEqual({ outcome: "unavailable", output: ["The database is not available."] });
  server?.close();
  expect(await post("http://127.0.0.1:1/")).toMatchObject({
    outcome: "unavailable",
    output: [expect.stringContaining("did not answer")],
  });
  expect(waits.slice(3)).toEqual([1000, 2000, 4000]);
});

test("a server that is not Tocsin is named in the error", async () => {
  const url = await answering([404, "<h1>nginx</h1>"]);
  await expect(post(url)).rejects.toThrow(`${url} answered 404, but not as Tocsin does.`);
});

test("flags make a report, and need a title", () => {
  expect(reportOf({})).toBeNull();
  expect(reportOf({ title: "A", tag: ["x"], context: { host: "db-1" }, resolved: true })).toMatchObject({
    title: "A",
    tags: ["x"],
    context: { host: "db-1" },
    status: "resolved",
  });
  expect(() => reportOf({ severity: "LOW" })).toThrow("--title");
});

/** A server that gives these answers, as status and text, the last one again and again; each asks for 7 seconds. */
async function answering(answers: (number | string)[], see?: (request: IncomingMessage) => Promise<void>) {
  let at = 0;
  server = createServer(async (request, response) => {
    await see?.(request);
    const [status, body] = answers.slice(at, at + 2);
    if (at + 2 < answers.length) at += 2;
    response.writeHead(Number(status), { "retry-after": "7" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}
