import { afterAll, beforeAll, expect, test } from "vitest";
import { startDouble } from "../../test/doubles/http-double.ts";
import { startProxy } from "../../test/doubles/proxy.ts";
import { startTlsFront } from "../../test/doubles/tls-front.ts";
import { noProxies } from "./proxies.ts";
import { openReach } from "./reach.ts";
import { tryConnection } from "./try-connection.ts";

const closing: (() => unknown)[] = [];
let proxy: Awaited<ReturnType<typeof startProxy>>;
let plainPort = 0;

/** Each is a server that fails in its own way, below a name that only the proxy can resolve. */
beforeAll(async () => {
  const double = await startDouble(() => ({ status: 200 }));
  plainPort = Number(new URL(double.origin).port);
  const front = (options: Partial<Parameters<typeof startTlsFront>[0]>) =>
    startTlsFront({ name: "good.invalid", to: plainPort, ...options });
  const good = await front({});
  const inspected = await front({ name: "inspected.invalid", trusted: false });
  const expired = await front({ name: "expired.invalid", until: new Date(Date.now() - 60_000) });
  proxy = await startProxy({
    routes: {
      "good.invalid:443": good.port,
      "other-name.invalid:443": good.port,
      "inspected.invalid:443": inspected.port,
      "expired.invalid:443": expired.port,
      "plain.invalid:443": plainPort,
    },
  });
  // The certificates that are trusted are set and reset in turn.
  closing.push(proxy.close, expired.close, inspected.close, good.close, double.close);
});
afterAll(async () => {
  for (const close of closing) await close();
});

const outcome = async (url: string, https: string | null = proxy.url) => {
  const tried = await tryConnection(
    new URL(url),
    openReach({ ...noProxies, https: https === null ? null : new URL(https) }),
  );
  return tried.ok ? `ok ${tried.proxy ? "through the proxy" : "directly"}` : tried.means;
};

test.each([
  ["https://good.invalid", "ok through the proxy"],
  ["https://other-name.invalid", "The certificate of other-name.invalid is for another name."],
  [
    "https://inspected.invalid",
    "is signed by an authority that Tocsin doesn't know. It was issued by “inspected.invalid”.",
  ],
  ["https://expired.invalid", "The certificate of expired.invalid has expired."],
  ["https://plain.invalid", "plain.invalid doesn't speak TLS at this port"],
  ["https://unknown.invalid", "The proxy can't reach unknown.invalid (502)."],
])("a connection to %s through the proxy is told as it ends", async (url, expected) => {
  expect(await outcome(url)).toContain(expected);
});

test("without a proxy, a closed port and an unknown name are told apart", async () => {
  expect(await outcome(`http://127.0.0.1:${plainPort}`)).toBe("ok directly");
  expect(await outcome("https://127.0.0.1:1", null)).toBe("127.0.0.1:1 refuses the connection.");
  expect(await outcome("https://nowhere.invalid", null)).toBe("nowhere.invalid can't be resolved (DNS).");
});

test("a proxy that refuses or is down is named itself", async () => {
  proxy.refuse(403);
  expect(await outcome("https://good.invalid")).toBe(
    "The proxy doesn't allow connections to good.invalid (403).",
  );
  proxy.refuse(407);
  expect(await outcome("https://good.invalid")).toContain("The proxy asks Tocsin to sign in (407)");
  expect(await outcome("https://good.invalid", "http://127.0.0.1:1")).toBe(
    "The proxy refuses the connection.",
  );
  expect(await outcome("https://good.invalid", "http://proxy.invalid")).toBe(
    "The proxy can't be resolved (DNS).",
  );
});
