import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ rateLimits: "fivefold" });
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

/** Adds a channel for one storm, with its destination. */
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
  return { ...channel, send, digest: () => channel.expectMessage("in this digest", { timeoutMs: 10_000 }) };
}

const deliveryOf = async (id: string) => (await story.api("GET", `/alerts/${id}`)).body.deliveries[0];
const atSlackPace = { timeoutMs: 20_000 };

test("a storm is posted as one digest, after CRITICAL alerts and before the cards of HIGH ones", async () => {
  const channel = await channelFor("storm");
  const ids = await channel.send(
    ...many("Brute", 40),
    ...many("Bucket", 5, "LOW"),
    report("Stolen session", "HIGH"),
    report("Root login", "CRITICAL"),
    report("Read", "INFO"),
  );
  const digest = await channel.digest();
  await digest.expectText("46 alerts in this digest");
  await digest.expectText("MEDIUM 40");
  await digest.expectText("Brute 40 · Bucket 5 · Read 1");
  await digest.expectText("Open 45");
  await channel.expectCard("Stolen session", atSlackPace);
  const titles = (await channel.messages()).map(({ text }) => text);
  expect(titles[0]).toContain("CRITICAL: Root login");
  expect(titles[1]).toContain("46 alerts in this digest: 40 MEDIUM, 5 LOW, 1 INFO · 1 HIGH is waiting");
  expect(titles[2]).toContain("HIGH: Stolen session");
  expect(titles).toHaveLength(3);
  await expect.poll(async () => (await deliveryOf(ids[0] ?? "")).state).toBe("digested");
  const first = await deliveryOf(ids[0] ?? "");
  expect(first.permalink).toBe((await deliveryOf(ids[44] ?? "")).permalink);
  expect(first.permalink).toContain(digest.ts.replace(".", ""));
  const { body } = await story.api("GET", `/alerts/${ids[0]}/history`);
  expect(body.results.at(-1).sentence).toBe("Added to a digest in #storm (storm)");

  await story.api("PATCH", `/alerts/${ids[0]}`, { status: "RESOLVED", comment: "A test" });
  await story.api("PATCH", `/alerts/${ids[1]}`, { status: "TRIAGED", assignee: "ada@acme.example" });
  await digest.expectText("Open 43 · Triaged 1 · Resolved 1 · 1 assigned", atSlackPace);

  await channel.send(...many("Later", 3));
  await digest.expectText("49 alerts in this digest", atSlackPace);
  expect(await channel.messages()).toHaveLength(3);
}, 60_000);

test("the digest's menu posts a working card for a person with permission", async () => {
  const channel = await channelFor("menu");
  const ids = await channel.send(...many("Spray", 25), report("Wanted after all.", "LOW"));
  const digest = await channel.digest();
  await expect.poll(async () => (await deliveryOf(ids[25] ?? "")).state).toBe("digested");
  const { number } = (await story.api("GET", `/alerts/${ids[25]}`)).body;
  const option = `LOW #${number} Wanted after all.`;

  await digest.choose("Post a card for…", option, { as: "mallory" });
  await story.slack.expectPrivately("mallory", "No Tocsin user has the email mallory@acme.example");
  await digest.choose("Post a card for…", option, { as: "ada" });
  const card = await channel.expectCard("Wanted after all.", atSlackPace);
  await digest.expectShown("Post a card for…", null, { as: "ada", ...atSlackPace });
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert", atSlackPace);
  await digest.expectText("Open 25 · Triaged 1", atSlackPace);
  expect((await deliveryOf(ids[25] ?? "")).state).toBe("sent");
  await channel.expectNoCard("Spray");

  // A question needs a thread, so the card is posted first.
  const asked = await story.api("POST", `/alerts/${ids[24]}/boomerangs`, {
    to: [{ email: "eve@acme.example" }],
    question: "Was this you?",
  });
  expect(asked.status).toBe(201);
  const posted = await channel.expectCard("Spray 24.", atSlackPace);
  await posted.expectReply("Story asked Eve Adler: “Was this you?”", atSlackPace);
  await story.slack.channel("@eve").expectMessage("Was this you?", atSlackPace);
}, 60_000);

test("a digest follows alerts that their source resolves or raises to CRITICAL", async () => {
  const channel = await channelFor("sources");
  const ids = await channel.send(
    ...many("Port scan", 22),
    report("Over soon.", "MEDIUM"),
    report("Grows.", "LOW"),
  );
  const digest = await channel.digest();
  await expect.poll(async () => (await deliveryOf(ids[23] ?? "")).state).toBe("digested");
  await channel.send({ ...report("Over soon.", "MEDIUM"), status: "resolved" });
  await digest.expectText("Open 23 · Resolved 1", atSlackPace);
  await channel.send(report("Grows.", "CRITICAL"));
  await channel.expectCard("CRITICAL  Grows.", atSlackPace);
  await expect.poll(async () => (await deliveryOf(ids[23] ?? "")).state).toBe("sent");

  // During its storm, a digest that was deleted in Slack is posted again.
  await story.slack.ask("deleteMessage", { channel: digest.channel, ts: digest.ts });
  await channel.send(report("After the deletion.", "LOW"));
  const again = await channel.expectMessage("25 alerts in this digest", atSlackPace);
  expect(again.ts).not.toBe(digest.ts);
}, 60_000);

test("after a storm its digest says so, alerts get cards, and the next storm gets its own digest", async () => {
  const channel = await channelFor("over");
  const ids = await channel.send(...many("First", 30));
  const digest = await channel.digest();
  await expect.poll(async () => (await deliveryOf(ids[29] ?? "")).state).toBe("digested");
  await story.pass("2 minutes");
  await digest.expectText("The storm is over", atSlackPace);
  await channel.send(report("Calm again.", "LOW"));
  await channel.expectCard("Calm again.", atSlackPace);
  await story.api("PATCH", "/alerts", { ids, status: "RESOLVED", comment: "A test" });
  await digest.expectText("30 alerts, none open", atSlackPace);
  await channel.expectMessage("resolved 30 alerts", atSlackPace);
  await channel.send(...many("Second", 30));
  const next = await channel.expectMessage("30 alerts in this digest", atSlackPace);
  expect(next.ts).not.toBe(digest.ts);
}, 90_000);

test("deliveries that a setup fault held for days go out in one digest", async () => {
  const channel = await channelFor("held");
  const removed = {
    method: "chat.postMessage",
    what: { kind: "error", error: "not_in_channel" },
    times: 100,
  } as const;
  await story.slack.ask("faults", { faults: [removed] });
  const ids = await channel.send(...many("Held", 2), report("Grave.", "CRITICAL"));
  await expect.poll(async () => (await deliveryOf(ids[2] ?? "")).state).toBe("held");
  await story.pass("4 days");
  await story.slack.ask("faults", { faults: [] });
  await story.pass("5 minutes");
  const digest = await channel.expectMessage("3 alerts in this digest", atSlackPace);
  await digest.expectText("CRITICAL 1");
  await expect.poll(async () => (await deliveryOf(ids[2] ?? "")).state).toBe("digested");
  expect(await channel.messages()).toHaveLength(1);
}, 60_000);

test("a digest whose response was lost is found again or marked as a possible repeat", async () => {
  const channel = await channelFor("lost");
  const lost = { method: "chat.postMessage", what: { kind: "lost" } } as const;
  await story.slack.ask("faults", { faults: [lost] });
  const ids = await channel.send(...many("Lost", 30));
  await channel.digest();
  // As long as Slack's event may take that names the message.
  await story.pass("5 seconds");
  await expect
    .poll(async () => (await deliveryOf(ids[29] ?? "")).state, { timeout: 20_000 })
    .toBe("digested");
  const messages = await channel.messages();
  const last = JSON.stringify(messages.at(-1));
  expect(messages.length === 1 || last.includes("May be a repeat")).toBe(true);
}, 60_000);

test("Slack refuses no message of all these storms for its rate limit", async () => {
  const posts = (await story.slack.log.entries()).filter(({ what }) => what === "chat.postMessage");
  expect(posts.filter(({ outcome }) => outcome === "ratelimited")).toEqual([]);
});
