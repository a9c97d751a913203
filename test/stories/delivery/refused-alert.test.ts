import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(async () => story.slack.ask("faults", { faults: [] }));

const security = () => story.slack.channel("#security");
const send = async (title: string) =>
  (await story.send({ title, severity: "HIGH", detection: { id: title } })).body.results[0].alertId as string;
const delivery = async (id: string) => (await story.api("GET", `/alerts/${id}`)).body.deliveries[0];
const line = async () => (await story.api("GET", `/destinations/${story.destination.id}`)).body.state;
const resend = (id: string) =>
  story.api("POST", `/alerts/${id}/deliveries`, { destinationId: story.destination.id });

/** Slack, or something in between, refuses each post with this text. */
const refuse = (containing: string, what: object) =>
  story.slack.ask("faults", {
    faults: [{ method: "chat.postMessage", containing, times: 1000, what: what as never }],
  });
const unknown = { kind: "error", error: "made_up_error" };
const fromProxy = { kind: "status", status: 403, html: "<h1>Forbidden by the proxy</h1>" };

test.each([
  { what: unknown, code: "made_up_error", by: "an unknown error of Slack" },
  { what: fromProxy, code: "http_403", by: "a proxy's 403" },
])("one alert refused by $by is held, and the next one goes out", async ({ what, code }) => {
  await refuse("poison", what);
  const poisoned = await send(`poison ${code}`);
  await expect.poll(() => delivery(poisoned)).toMatchObject({ state: "held", error: code });
  await send(`Healthy after ${code}`);
  await security().expectCard(`Healthy after ${code}`);
  expect(await line()).toEqual({ kind: "ok" });

  await story.slack.ask("faults", { faults: [] });
  expect((await resend(poisoned)).status).toBe(202);
  await security().expectCard(`poison ${code}`);
  await expect.poll(() => delivery(poisoned)).toMatchObject({ state: "sent", error: null });
});

test("a refused alert is tried again by itself", async () => {
  await refuse("poison", unknown);
  const poisoned = await send("poison for a while");
  await expect.poll(() => delivery(poisoned)).toMatchObject({ state: "held" });
  await story.slack.ask("faults", { faults: [] });
  await story.pass("2 minutes");
  await security().expectCard("poison for a while");
});

test("three different alerts refused in a row hold the channel until one goes out", async () => {
  await refuse("poison", unknown);
  const poisoned = [];
  for (const n of [1, 2, 3]) poisoned.push(await send(`poison no. ${n}`));
  await expect.poll(line).toMatchObject({ kind: "needs_attention", fault: "made_up_error" });
  const healthy = await send("Healthy behind three");
  await expect.poll(() => delivery(healthy)).toMatchObject({ state: "held", error: "made_up_error" });
  // Each probe takes another delivery, so one of the next ones is the healthy one.
  for (let probe = 0; probe < 4 && (await delivery(healthy)).state !== "sent"; probe++)
    await story.pass("6 minutes");
  await security().expectCard("Healthy behind three");
  // The three are refused again, which does not hold the channel that works.
  const refusals = async () =>
    (await story.slack.log.entries()).filter(({ outcome }) => outcome === "made_up_error");
  const before = (await refusals()).length;
  await story.pass("61 minutes");
  await expect.poll(async () => (await refusals()).length).toBeGreaterThanOrEqual(before + 3);
  await story.tocsin.idle();
  expect(await line()).toEqual({ kind: "ok" });
  await story.slack.ask("faults", { faults: [] });
  for (const id of poisoned) await resend(id);
  for (const n of [1, 2, 3]) await security().expectCard(`poison no. ${n}`);
  await expect.poll(line).toEqual({ kind: "ok" });
});

test("a re-send tries a held delivery at once, and releases its channel", async () => {
  // No event tells of the repair, so only the re-send and the next probe, after 15 s, can find out.
  await refuse("Only on demand", { kind: "error", error: "not_in_channel" });
  const held = await send("Only on demand");
  const other = await send("Behind it");
  await expect.poll(line).toMatchObject({ kind: "needs_attention", fault: "not_in_channel" });
  await story.slack.ask("faults", { faults: [] });
  await created(resend(held));
  await security().expectCard("Only on demand", { timeoutMs: 8_000 });
  await security().expectCard("Behind it");
  expect((await delivery(other)).state).toBe("sent");
});
