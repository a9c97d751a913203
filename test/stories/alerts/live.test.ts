import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let headers: { authorization: string };
const readers: AbortController[] = [];
beforeAll(async () => {
  story = await startStory();
  const { token } = await created(
    story.api("POST", "/api-tokens", { name: "Reader", permissions: ["View Alerts"] }),
  );
  headers = { authorization: `Bearer ${token}` };
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.abort();
  await story.slack.ask("faults", { faults: [] });
});
afterAll(() => story.close());

/** Reads the live stream; of each event about the alert it keeps what `look` sees then, as a page would that fetches again. */
async function follow<Seen>(alertId: string, look: () => Promise<Seen>): Promise<Seen[]> {
  const reader = new AbortController();
  readers.push(reader);
  const { body } = await fetch(`${story.origin}/api/v1/live`, { headers, signal: reader.signal });
  const seen: Seen[] = [];
  const read = async () => {
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? [])
      if (part.includes(alertId)) seen.push(await look());
  };
  read().catch(() => {});
  return seen;
}

async function report(title: string): Promise<string> {
  const { body } = await story.send({ title, severity: "HIGH" });
  return body.results[0].alertId;
}

test("a page is told when a question was posted", async () => {
  const alertId = await report("Impossible travel");
  await story.slack.channel("#security").expectCard("Impossible travel");
  await story.tocsin.idle();
  // So that the event about the question itself is over before it is posted.
  const held = {
    method: "chat.postMessage",
    containing: "Yes, this was me",
    what: { kind: "held" },
  } as const;
  await story.slack.ask("faults", { faults: [held] });
  const states = await follow(alertId, async () => {
    const { body } = await story.api("GET", `/alerts/${alertId}/boomerangs`);
    return body.results[0]?.recipients[0].state;
  });
  const asked = { to: [{ email: "eve@acme.example" }], question: "Was this you?" };
  await created(story.api("POST", `/alerts/${alertId}/boomerangs`, asked));
  await expect.poll(() => states).toEqual(["waiting"]);
  await story.slack.ask("release", {});
  await expect.poll(() => states).toEqual(["waiting", "sent"]);
});

test("a page is told when an attempt failed", async () => {
  const what = { kind: "error", error: "is_archived" } as const;
  await story.slack.ask("faults", { faults: [{ method: "chat.postMessage", times: 100, what }] });
  const alertId = await report("Held");
  const delivery = async () => (await story.api("GET", `/alerts/${alertId}/deliveries`)).body.results[0];
  await expect.poll(async () => (await delivery()).state).toBe("held");
  const before = (await delivery()).attempts;
  const attempts = await follow(alertId, async () => (await delivery()).attempts);
  await story.pass("5 minutes");
  await expect.poll(() => attempts).toEqual([before + 1]);
});
