import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { postReports } from "./send.ts";

let server: Server | undefined;
afterEach(() => server?.close());

const sent = { key: "tsk_1", body: Buffer.from('[{"title":"é"}]') };

test("a file's bytes are posted with the key, and each report's outcome is printed", async () => {
  const results = [
    { index: 0, outcome: "opened", alertId: "0199", number: 1042 },
    { index: 1, outcome: "ignored" },
  ];
  const seen: { key: unknown; body: Buffer }[] = [];
  const url = await answering(202, JSON.stringify({ results }), async (request) => {
    seen.push({ key: request.headers["x-api-key"], body: await buffer(request) });
  });
  expect(await postReports(url, sent)).toEqual({
    output: ["report 0: opened #1042", "report 1: ignored"],
    allAccepted: true,
  });
  expect(seen).toEqual([sent]);
});

const invalid = { index: 0, outcome: "invalid", field: "severity", expected: "one of INFO, LOW" };
test.each([
  [
    "an invalid report",
    202,
    { results: [invalid] },
    "report 0: invalid: severity should be one of INFO, LOW",
  ],
  [
    "a request without a valid report",
    400,
    { detail: "No.", results: [invalid] },
    "report 0: invalid: severity should be one of INFO, LOW",
  ],
  ["a wrong key", 401, { detail: "There is no such source." }, "refused: There is no such source."],
])("%s is printed and counts as not accepted", async (_, status, answer, output) => {
  const url = await answering(status, JSON.stringify(answer));
  expect(await postReports(url, sent)).toEqual({ output: [output], allAccepted: false });
});

test("a slack-webhook source answers ok", async () => {
  expect(await postReports(await answering(200, "ok"), sent)).toEqual({ output: ["ok"], allAccepted: true });
});

test("a server that is not Tocsin or does not answer is named in the error", async () => {
  const url = await answering(404, "<h1>nginx</h1>");
  await expect(postReports(url, sent)).rejects.toThrow(`${url} answered 404, but not as Tocsin does.`);
  server?.close();
  await expect(postReports("http://127.0.0.1:1/", sent)).rejects.toThrow("did not answer");
});

async function answering(status: number, text: string, see?: (request: IncomingMessage) => Promise<void>) {
  server = createServer(async (request, response) => {
    await see?.(request);
    response.writeHead(status).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}
