import { afterAll, beforeAll, expect, test } from "vitest";
import { startDouble } from "../../test/doubles/http-double.ts";
import { startProxy } from "../../test/doubles/proxy.ts";
import { noProxies } from "./proxies.ts";
import { openReach } from "./reach.ts";

let proxy: Awaited<ReturnType<typeof startProxy>>;
let double: Awaited<ReturnType<typeof startDouble>>;
beforeAll(async () => {
  double = await startDouble(({ path, text }) => ({
    status: path.endsWith("/moved") ? 302 : 201,
    body: `${path} ${text}`,
    headers: { location: "http://elsewhere.invalid/" },
  }));
  const port = Number(new URL(double.origin).port);
  proxy = await startProxy({ routes: { "gateway.invalid:80": port }, credentials: "user:p:ss" });
});
afterAll(() => Promise.all([proxy.close(), double.close()]));

const post = { method: "POST", body: "é", redirect: "error" } as const;
const throughProxy = () => openReach({ ...noProxies, http: new URL(proxy.url) });

test("plain http is asked of the proxy itself, with its address, body and headers", async () => {
  const answer = await throughProxy().fetch("http://gateway.invalid/api?x=1", post);
  expect([answer.status, answer.headers.get("location"), await answer.text()]).toEqual([
    201,
    "http://elsewhere.invalid/",
    "POST /api?x=1 é",
  ]);
  expect(proxy.asked).toEqual(["POST http://gateway.invalid"]);
});

test("a redirect is not followed: an error, or the answer", async () => {
  const { fetch } = throughProxy();
  await expect(fetch("http://gateway.invalid/moved", post)).rejects.toThrow("redirect");
  const manual = await fetch("http://gateway.invalid/moved", { ...post, redirect: "manual" });
  expect(manual.status).toBe(302);
});

test("a proxy's refusal has a code with its status, and one that is down a code with the reason", async () => {
  const to = (url: string) =>
    openReach({ ...noProxies, https: new URL(url) }).fetch("https://slack.invalid/", post);
  await expect(to(proxy.url)).rejects.toMatchObject({ code: "PROXY_502" });
  await expect(to(proxy.url.replace("user", "other"))).rejects.toMatchObject({
    ...{ code: "PROXY_407", schemes: ["Basic"] },
  });
  await expect(to("http://127.0.0.1:1")).rejects.toMatchObject({ code: "PROXY_ECONNREFUSED" });
});

test("a request that is given up rejects with its own reason", async () => {
  const given = throughProxy().fetch("http://gateway.invalid/", { ...post, signal: AbortSignal.timeout(0) });
  await expect(given).rejects.toMatchObject({ name: "TimeoutError" });
});
