import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type SimulatorWithApp, startWithApp } from "../fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
/** The delays before each retry, in milliseconds. */
const waited: number[] = [];
const start = async (patienceMs = 5000) => {
  waited.length = 0;
  env = await startWithApp({ patienceMs, sleep: async (ms) => void waited.push(ms) });
};
afterEach(() => env.end());

const triggerEvent = () => env.slack.ask("openHome", { as: "ada" });
const sent = async () =>
  (await env.slack.log.entries()).filter(({ what }) => what === "event:app_home_opened");
/** The logged outcomes of the four attempts. */
async function outcomes() {
  const ended = async () => (await sent()).filter(({ outcome }) => outcome !== "in progress");
  await expect.poll(async () => (await ended()).length, { timeout: 8000 }).toBe(4);
  return (await ended()).map(({ outcome }) => outcome);
}
const retryHeaders = () =>
  env.app.received.map(({ headers }) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]]);
const attempts = (reason: string) => [
  [undefined, undefined],
  ["1", reason],
  ["2", reason],
  ["3", reason],
];

describe("an event that the app refuses", () => {
  test("is retried at once, after 1 and after 5 minutes with the same event_id", async () => {
    await start();
    env.app.answerWith(() => ({ status: 500 }));
    await triggerEvent();
    expect(await outcomes()).toEqual(Array(4).fill("HTTP 500"));
    expect(waited).toEqual([100, 60_000, 300_000]);
    expect(retryHeaders()).toEqual(attempts("http_error"));
    expect(new Set(env.app.received.map(({ payload }) => Object(payload).event_id)).size).toBe(1);
  });

  test("is not retried once it was accepted", async () => {
    await start();
    env.app.answerWith(({ headers }) => ({ status: headers["x-slack-retry-num"] === "1" ? 204 : 503 }));
    await triggerEvent();
    await expect.poll(() => env.app.received.length).toBe(2);
    await env.slack.ask("openHome", { as: "eve" });
    await expect.poll(() => env.app.received.length).toBe(4);
    expect(retryHeaders().map(([tries]) => tries)).toEqual([undefined, "1", undefined, "1"]);
  });

  test("has the retry reason http_timeout if the app is slow", async () => {
    await start(100);
    env.app.answerWith(() => ({ afterMs: 60_000 }));
    await triggerEvent();
    expect(await outcomes()).toEqual(Array(4).fill("http_timeout"));
    expect(retryHeaders()).toEqual(attempts("http_timeout"));
  });

  test("has the outcome too_many_redirects after more than two redirects", async () => {
    await start();
    env.app.answerWith(() => ({ status: 307, headers: { location: "/slack/events" } }));
    await triggerEvent();
    expect(await outcomes()).toEqual(Array(4).fill("too_many_redirects"));
    // Each attempt is one request and the two redirects that Slack follows.
    expect(env.app.received).toHaveLength(12);
  });

  test("has the outcome connection_failed if nothing listens on the port", async () => {
    await start();
    env.app.close();
    await triggerEvent();
    expect(await outcomes()).toEqual(Array(4).fill("connection_failed"));
    expect((await sent()).every(({ delivered }) => delivered === false)).toBe(true);
  });

  test("has the outcome ssl_error if TLS fails", async () => {
    await start();
    await env.slack.setRequestUrl(env.app.url.replace("http:", "https:"));
    await triggerEvent();
    expect(await outcomes()).toEqual(Array(4).fill("ssl_error"));
  });

  test("has the outcome unknown_error if the answer is not HTTP", async () => {
    await start();
    const server = createServer((socket) => void socket.once("data", () => socket.end("babble\r\n\r\n")));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await env.slack.setRequestUrl(`http://127.0.0.1:${Object(server.address()).port}/`);
    await triggerEvent();
    expect(await outcomes()).toEqual(Array(4).fill("unknown_error"));
    server.close();
  });

  test("is not retried if the app answers x-slack-no-retry", async () => {
    await start();
    env.app.answerWith(({ payload }) =>
      Object(payload).event.user === env.slack.users.ada.id
        ? { status: 500, headers: { "x-slack-no-retry": "1" } }
        : {},
    );
    await triggerEvent();
    await expect.poll(() => env.app.received.length).toBe(1);
    await env.slack.ask("openHome", { as: "eve" });
    await expect.poll(() => env.app.received.length).toBe(2);
    expect(waited).toEqual([]);
  });
});

test("an event follows up to two redirects", async () => {
  await start();
  env.app.answerWith(({ path }) => {
    if (path === "/slack/events") return { status: 302, headers: { location: "/one" } };
    return path === "/one" ? { status: 308, headers: { location: "/two" } } : {};
  });
  await triggerEvent();
  await expect
    .poll(() => env.app.received.map(({ path }) => path))
    .toEqual(["/slack/events", "/one", "/two"]);
  expect(Object(env.app.received.at(-1)?.payload).event.type).toBe("app_home_opened");
  await expect.poll(async () => (await sent()).map(({ outcome }) => outcome)).toEqual(["ok"]);
});

describe("verification:", () => {
  test("a new request URL gets a challenge only on Verify", async () => {
    await start();
    await env.slack.setRequestUrl(env.app.url);
    expect(env.app.received).toEqual([]);
    env.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
    expect(await env.slack.ask("verifyUrl", {})).toEqual({ verified: true });
    expect(env.app.received.map(({ payload }) => Object(payload).type)).toEqual(["url_verification"]);
  });

  test("checkSsl sends a form with ssl_check and the token only", async () => {
    await start();
    expect(await env.slack.ask("checkSsl", {})).toEqual({ answered: true });
    const [{ body = "", headers = {} } = {}] = env.app.received;
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      ssl_check: "1",
      token: "simulated-verification-token",
    });
  });
});
