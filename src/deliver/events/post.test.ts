import { createServer, type Server } from "node:http";
import { isIP } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decideAddress, usableAddresses } from "./addresses/usable-addresses.ts";
import { classifyResponse, post } from "./post.ts";

const onInternet = { encrypted: true, allowed: [] };

test.each(["93.184.215.14", "2606:4700::1111"])("%s is usable as a public address", (address) => {
  expect(decideAddress(address, onInternet)).toBe("usable");
});

test.each([
  ...[
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
  ],
  ...[
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
  ],
  ...[
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
  ],
  // IPv4-compatible, as a URL's host is written after parsing, and the rest of ::/8.
  ...["::", "::1", "::2", "::127.0.0.1", "::7f00:1", "::a00:1", "::a9fe:a9fe", "0:0:0:1::1", "ff::1"],
  // IPv4-mapped and IPv4-translated.
  ...["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:a00:1", "::ffff:0:127.0.0.1", "::ffff:0:7f00:1"],
  // NAT64, 6to4 and Teredo.
  ...["64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::"],
  ...["fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1"],
  // Discard, benchmarking, ORCHID, documentation, segment routing, and what nobody has been given yet.
  ...["100::1", "100:0:0:1::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "5f00::1"],
  ...["200::1", "400::1", "4000::1", "8000::1", "e000::1", "not an address", "127.1", "2130706433"],
])("%s is refused as private or reserved", (address) => {
  expect(decideAddress(address, onInternet)).toBe("private_address");
});

test.each(["[::127.0.0.1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"])(
  "a webhook at %s is refused when it is saved",
  async (host) => {
    const resolve = () => Promise.reject(new Error("a literal address was looked up"));
    const saved = usableAddresses(new URL(`https://${host}/`).hostname, { ...onInternet, resolve });
    await expect(saved).rejects.toMatchObject({ code: "private_address" });
  },
);

describe("at send time", () => {
  let reached: string[];
  let servers: Server[];
  let port: number;

  /** The same port at a private address and at one that the settings allow. */
  beforeAll(async () => {
    servers = ["127.0.0.1", "127.0.0.2"].map((host) =>
      createServer((_, response) => {
        reached.push(host);
        response.end();
      }),
    );
    const [first, second] = servers;
    await new Promise<void>((done) => first?.listen(0, "127.0.0.1", done));
    const address = first?.address();
    port = typeof address === "object" && address ? address.port : 0;
    await new Promise<void>((done) => second?.listen(port, "127.0.0.2", done));
  });
  beforeEach(() => {
    reached = [];
  });
  afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))));

  const send = (host: string, answer: string[] = []) =>
    post(
      { url: `http://${host}:${port}/`, headers: {}, body: "{}" },
      {
        allowed: ["127.0.0.2", "127.0.0.3"],
        timeoutMs: 10_000,
        proxyOf: () => null,
        resolve: async () => answer.map((address) => ({ address, family: isIP(address) })),
      },
    );

  test.each(["127.0.0.1", "[::ffff:127.0.0.1]"])(
    "a literal private address %s gets nothing",
    async (host) => {
      await expect(send(host)).rejects.toMatchObject({ code: "private_address" });
      expect(reached).toEqual([]);
    },
  );

  test("a name that leads to private addresses gets nothing", async () => {
    await expect(send("hooks.example", ["127.0.0.1", "::1"])).rejects.toMatchObject({
      code: "private_address",
    });
    expect(reached).toEqual([]);
  });

  test("of a mixed DNS answer only the allowed addresses are tried, in any order", async () => {
    await send("hooks.example", ["127.0.0.1", "127.0.0.2"]);
    await send("hooks.example", ["127.0.0.2", "127.0.0.1"]);
    expect(reached).toEqual(["127.0.0.2", "127.0.0.2"]);
  });

  test("a mixed DNS answer whose allowed address is down does not fall back to a private one", async () => {
    const answer = ["127.0.0.3", "127.0.0.1"];
    await expect(send("hooks.example", answer)).rejects.toMatchObject({ code: "econnrefused" });
    expect(reached).toEqual([]);
  });
});

test("only the networks in the settings are allowed without encryption", () => {
  const rules = { encrypted: false, allowed: ["10.1.0.0/16", "127.0.0.1", "fd00::/8"] };
  expect(decideAddress("10.1.2.3", rules)).toBe("usable");
  expect(decideAddress("::ffff:10.1.2.3", rules)).toBe("usable");
  expect(decideAddress("127.0.0.1", rules)).toBe("usable");
  expect(decideAddress("fd00::1", rules)).toBe("usable");
  expect(decideAddress("10.2.0.1", rules)).toBe("private_address");
  expect(decideAddress("127.0.0.2", rules)).toBe("private_address");
  expect(decideAddress("93.184.215.14", rules)).toBe("plain_http");
});

const now = new Date("2026-11-24T12:00:00Z");
const classify = (status: number, retryAfter?: string) => classifyResponse({ status, retryAfter }, now);

test.each([200, 201, 202, 204])("status %i means that the event was accepted", (status) =>
  expect(classify(status)).toBeNull(),
);

test.each([500, 502, 503, 408, 429])("status %i is a passing fault", (status) => {
  expect(classify(status)).toEqual({ kind: "passing", code: `http_${status}`, retryAfterSeconds: null });
});

test.each([
  ["7", 7],
  ["0", 1],
  ["99999999", 86_400],
  ["Tue, 24 Nov 2026 12:01:30 GMT", 90],
])("a Retry-After of %s is obeyed", (header, seconds) => {
  expect(classify(503, header)).toEqual({ kind: "rate", code: "http_503", retryAfterSeconds: seconds });
});

test("an unreadable Retry-After is ignored", () => {
  expect(classify(429, "soon")).toMatchObject({ kind: "passing" });
});

test.each([401, 403, 404, 405, 410, 418])("status %i is a setup fault", (status) => {
  expect(classify(status)).toMatchObject({ kind: "setup", code: `http_${status}` });
});

test.each([301, 302, 307, 308])("redirect %i is not followed", (status) => {
  expect(classify(status)).toMatchObject({ kind: "setup", code: "redirected" });
});

test.each([400, 413, 422])("status %i is a content fault", (status) => {
  expect(classify(status)).toMatchObject({ kind: "content", code: `http_${status}` });
});
