import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type Setting, setting } from "../fixtures/simulator-with-app.ts";

let here: Setting;
/** How long Slack waited before each new try. */
const waited: number[] = [];
const begin = async (patienceMs = 5000) => {
  waited.length = 0;
  here = await setting({ patienceMs, sleep: async (ms) => void waited.push(ms) });
};
afterEach(() => here.end());

const happen = () => here.slack.ask("openHome", { as: "ada" });
const sent = async () =>
  (await here.slack.log.entries()).filter(({ what }) => what === "event:app_home_opened");
/** The reasons that the four tries end with, as the log has them. */
async function outcomes() {
  const ended = async () => (await sent()).filter(({ outcome }) => outcome !== "in progress");
  await expect.poll(async () => (await ended()).length, { timeout: 8000 }).toBe(4);
  return (await ended()).map(({ outcome }) => outcome);
}
const told = () =>
  here.app.received.map(({ headers }) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]]);
const threeMore = (reason: string) => [
  [undefined, undefined],
  ["1", reason],
  ["2", reason],
  ["3", reason],
];

describe("an event that the app doesn't take", () => {
  test("comes three times more: almost at once, after a minute and after five, under the same id", async () => {
    await begin();
    here.app.answerWith(() => ({ status: 500 }));
    await happen();
    expect(await outcomes()).toEqual(Array(4).fill("HTTP 500"));
    expect(waited).toEqual([100, 60_000, 300_000]);
    expect(told()).toEqual(threeMore("http_error"));
    expect(new Set(here.app.received.map(({ payload }) => Object(payload).event_id)).size).toBe(1);
  });

  test("comes no more once it was taken", async () => {
    await begin();
    here.app.answerWith(({ headers }) => ({ status: headers["x-slack-retry-num"] === "1" ? 204 : 503 }));
    await happen();
    await expect.poll(() => here.app.received.length).toBe(2);
    await here.slack.ask("openHome", { as: "eve" });
    await expect.poll(() => here.app.received.length).toBe(4);
    expect(told().map(([tries]) => tries)).toEqual([undefined, "1", undefined, "1"]);
  });

  test("because it is slow is sent again for a timeout", async () => {
    await begin(100);
    here.app.answerWith(() => ({ afterMs: 60_000 }));
    await happen();
    expect(await outcomes()).toEqual(Array(4).fill("http_timeout"));
    expect(told()).toEqual(threeMore("http_timeout"));
  });

  test("because it sends Slack on more than twice", async () => {
    await begin();
    here.app.answerWith(() => ({ status: 307, headers: { location: "/slack/events" } }));
    await happen();
    expect(await outcomes()).toEqual(Array(4).fill("too_many_redirects"));
    // Each try is one request and the two redirects that Slack follows.
    expect(here.app.received).toHaveLength(12);
  });

  test("because nothing listens there", async () => {
    await begin();
    here.app.close();
    await happen();
    expect(await outcomes()).toEqual(Array(4).fill("connection_failed"));
    expect((await sent()).every(({ delivered }) => delivered === false)).toBe(true);
  });

  test("because it speaks no TLS", async () => {
    await begin();
    await here.slack.setRequestUrl(here.app.url.replace("http:", "https:"));
    await happen();
    expect(await outcomes()).toEqual(Array(4).fill("ssl_error"));
  });

  test("because it answers in no known way", async () => {
    await begin();
    const babbler = createServer((socket) => void socket.once("data", () => socket.end("babble\r\n\r\n")));
    await new Promise<void>((resolve) => babbler.listen(0, "127.0.0.1", resolve));
    await here.slack.setRequestUrl(`http://127.0.0.1:${Object(babbler.address()).port}/`);
    await happen();
    expect(await outcomes()).toEqual(Array(4).fill("unknown_error"));
    babbler.close();
  });

  test("and that wants no more of it comes no more", async () => {
    await begin();
    here.app.answerWith(({ payload }) =>
      Object(payload).event.user === here.slack.users.ada.id
        ? { status: 500, headers: { "x-slack-no-retry": "1" } }
        : {},
    );
    await happen();
    await expect.poll(() => here.app.received.length).toBe(1);
    await here.slack.ask("openHome", { as: "eve" });
    await expect.poll(() => here.app.received.length).toBe(2);
    expect(waited).toEqual([]);
  });
});

test("two redirects are followed, with the event", async () => {
  await begin();
  here.app.answerWith(({ path }) => {
    if (path === "/slack/events") return { status: 302, headers: { location: "/one" } };
    return path === "/one" ? { status: 308, headers: { location: "/two" } } : {};
  });
  await happen();
  await expect
    .poll(() => here.app.received.map(({ path }) => path))
    .toEqual(["/slack/events", "/one", "/two"]);
  expect(Object(here.app.received.at(-1)?.payload).event.type).toBe("app_home_opened");
  await expect.poll(async () => (await sent()).map(({ outcome }) => outcome)).toEqual(["ok"]);
});

describe("what is no event", () => {
  test("an address is verified when Verify is pressed, and never by itself", async () => {
    await begin();
    await here.slack.setRequestUrl(here.app.url);
    expect(here.app.received).toEqual([]);
    here.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
    expect(await here.slack.ask("verifyUrl", {})).toEqual({ verified: true });
    expect(here.app.received.map(({ payload }) => Object(payload).type)).toEqual(["url_verification"]);
  });

  test("a command's certificate is looked at by a form that says so and nothing else", async () => {
    await begin();
    expect(await here.slack.ask("checkSsl", {})).toEqual({ answered: true });
    const [{ body = "", headers = {} } = {}] = here.app.received;
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      ssl_check: "1",
      token: "simulated-verification-token",
    });
  });
});
