import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../tocsin.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ rateLimits: true });
}, 60_000);
afterAll(() => story.close());
afterEach(async () => story.slack.ask("faults", { faults: [] }));

const report = (title: string, severity: string) => ({
  title,
  severity,
  detection: { id: title.split(" ")[0] },
});
const many = (word: string, count: number, severity = "MEDIUM") =>
  Array.from({ length: count }, (_, n) => report(`${word} ${n}.`, severity));

/** A channel of its own for each storm, with the destination that announces there. */
async function channelFor(name: string) {
  await story.slack.ask("addChannel", { name });
  await created(
    story.api("POST", "/destinations", {
      type: "slack-bot",
      displayName: name,
      channel: `#${name}`,
      severities: ["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"],
      alertTypes: ["RULE"],
      logTypes: [],
      timezone: "Europe/Berlin",
    }),
  );
  const channel = story.slack.channel(`#${name}`);
  const send = async (...reports: object[]) => {
    const { body } = await story.send(reports.map((one) => ({ ...one, destinations: [name] })));
    return body.results.map(({ alertId }: { alertId: string }) => alertId) as string[];
  };
  return { ...channel, send, digest: () => channel.expectMessage("gathered here", { timeoutMs: 10_000 }) };
}

const deliveryOf = async (id: string) => (await story.api("GET", `/alerts/${id}`)).body.deliveries[0];
const patient = { timeoutMs: 20_000 };

test("a storm is gathered in one digest; CRITICAL goes before it, and HIGH gets its cards", async () => {
  const channel = await channelFor("storm");
  const ids = await channel.send(
    ...many("Brute", 40),
    ...many("Bucket", 5, "LOW"),
    report("Stolen session", "HIGH"),
    report("Root login", "CRITICAL"),
    report("Read", "INFO"),
  );
  const digest = await channel.digest();
  await digest.expectText("46 alerts, gathered here");
  await digest.expectText("MEDIUM 40");
  await digest.expectText("Brute 40 · Bucket 5 · Read 1");
  await digest.expectText("Open 45");
  await channel.expectCard("Stolen session", patient);
  const titles = (await channel.messages()).map(({ text }) => text);
  expect(titles[0]).toContain("CRITICAL: Root login");
  expect(titles[1]).toContain("46 alerts, gathered here: 40 MEDIUM, 5 LOW, 1 INFO · 1 HIGH waits");
  expect(titles[2]).toContain("HIGH: Stolen session");
  expect(titles).toHaveLength(3);
  await expect.poll(async () => (await deliveryOf(ids[0] ?? "")).state).toBe("digested");
  const first = await deliveryOf(ids[0] ?? "");
  expect(first.permalink).toBe((await deliveryOf(ids[44] ?? "")).permalink);
  expect(first.permalink).toContain(digest.ts.replace(".", ""));
  const { body } = await story.api("GET", `/alerts/${ids[0]}/history`);
  expect(body.results.at(-1).sentence).toBe("Announced in a digest in #storm for storm");

  await story.api("PATCH", `/alerts/${ids[0]}`, { status: "RESOLVED", comment: "A test" });
  await story.api("PATCH", `/alerts/${ids[1]}`, { status: "TRIAGED", assignee: "ada@acme.example" });
  await digest.expectText("Open 43 · Triaged 1 · Resolved 1 · 1 assigned", patient);

  await channel.send(...many("Later", 3));
  await digest.expectText("49 alerts, gathered here", patient);
  expect(await channel.messages()).toHaveLength(3);
}, 60_000);
