import { afterAll, beforeAll, expect, test } from "vitest";
import { newDestination } from "../../builders/destination.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let destination: { id: string };
beforeAll(async () => {
  story = await startStory();
  const platform = { displayName: "Platform", channel: "#platform", logTypes: ["Platform"] };
  destination = await created(story.api("POST", "/destinations", newDestination(platform)));
});
afterAll(() => story.close());

const report = (title: string, severity = "LOW") => ({
  title,
  severity,
  detection: { id: title },
  logTypes: ["Platform"],
  destinations: ["Platform"],
});
const listDeliveries = (query = "") =>
  created(story.api("GET", `/destinations/${destination.id}/deliveries${query}`));
const titles = ({ results }: { results: { alert: { title: string } }[] }) =>
  results.map(({ alert }) => alert.title);
const readDestination = async () => created(story.api("GET", `/destinations/${destination.id}`));

test("waiting deliveries are listed in sending order, in pages, and as held after a fault", async () => {
  const what = { kind: "error", error: "is_archived" } as const;
  const fault = { method: "chat.postMessage", channel: "#platform", times: 1000, what };
  await story.slack.ask("faults", { faults: [fault] });
  await story.send([report("Third"), report("Second"), report("First", "CRITICAL")]);
  // Tocsin may briefly consider the channel repaired, because Slack reports no fault when it is checked.
  let held: Awaited<ReturnType<typeof listDeliveries>>;
  await expect
    .poll(async () => {
      held = await listDeliveries("?state=held");
      return titles(held);
    })
    .toEqual(["First", "Third", "Second"]);
  expect(held.results[0]).toMatchObject({ state: "held", error: "is_archived" });
  await expect.poll(async () => titles(await listDeliveries("?state=waiting"))).toEqual([]);

  const first = await listDeliveries("?limit=2");
  expect(titles(first)).toEqual(["First", "Third"]);
  expect(titles(await listDeliveries(`?limit=2&cursor=${first.next}`))).toEqual(["Second"]);

  await expect.poll(readDestination).toMatchObject({ waiting: 3, state: { kind: "needs_attention" } });
  const { oldestWaitingAt } = await readDestination();
  expect(Date.parse(oldestWaitingAt)).toBeLessThanOrEqual(story.now().getTime());
  const attempts = await created(story.api("GET", `/destinations/${destination.id}/attempts`));
  expect(attempts.results[0]).toMatchObject({
    outcome: "hold",
    error: "is_archived",
    says: expect.stringContaining("The delivery is held until this is fixed."),
    alert: { title: "First" },
  });
});

test("failed deliveries are listed, and one request re-sends them all", async () => {
  await story.slack.ask("faults", { faults: [] });
  await story.tocsin.idle();
  await story.tocsin.db.pool.query(
    "update deliveries set state = 'failed', error = 'internal_error' where destination_id = $1",
    [destination.id],
  );
  await story.tocsin.db.pool.query("update lines set fault = null, open_at = now()");
  expect((await readDestination()).failed).toBe(3);
  expect(titles(await listDeliveries("?state=failed"))).toEqual(["First", "Third", "Second"]);

  const answer = await story.api("POST", `/destinations/${destination.id}/resend`);
  expect([answer.status, answer.body]).toEqual([202, { resent: 3 }]);
  for (const title of ["First", "Third", "Second"]) await story.slack.channel("#platform").expectCard(title);
  await expect.poll(async () => (await listDeliveries()).results).toEqual([]);
  expect(titles(await listDeliveries("?state=sent"))).toEqual(["First", "Third", "Second"]);
  const attempts = await created(story.api("GET", `/destinations/${destination.id}/attempts?limit=1`));
  expect(attempts.results).toMatchObject([
    { says: "Delivered.", permalink: expect.stringContaining("https://"), alert: { title: "Second" } },
  ]);
  expect((await created(story.api("POST", `/destinations/${destination.id}/resend`))).resent).toBe(0);
});

test("a re-send edits the existing card and posts no second one", async () => {
  const [sent] = (await listDeliveries("?state=sent")).results;
  await created(story.api("POST", `/alerts/${sent.alert.id}/deliveries`, { destinationId: destination.id }));
  const updates = async () =>
    (await story.slack.log.entries()).filter(({ what }) => what === "chat.update").length;
  await expect.poll(updates).toBeGreaterThan(0);
  const cards = await story.slack.channel("#platform").messages();
  expect(cards.filter(({ text }) => text.includes("First"))).toHaveLength(1);
});

test("the deliveries of a destination need the permission to view alerts", async () => {
  const token = await created(
    story.api("POST", "/api-tokens", { name: "Setup", permissions: ["View Destinations"] }),
  );
  const answer = await fetch(`${story.origin}/api/v1/destinations/${destination.id}/deliveries`, {
    headers: { authorization: `Bearer ${token.token ?? token.secret}` },
  });
  expect(answer.status).toBe(403);
});

test("the deliveries of an unknown destination are answered 404", async () => {
  const unknown = "01990000-0000-7000-8000-000000000000";
  expect((await story.api("GET", `/destinations/${unknown}/deliveries`)).status).toBe(404);
  expect((await story.api("POST", `/destinations/${unknown}/resend`)).status).toBe(404);
});

test("/metrics shows waiting deliveries and their age, attempts, and time from report to card", async () => {
  const text = async () => (await fetch(`${story.origin}/metrics`)).text();
  const labels = `{destination="${destination.id}",channel="C0PLATFORM1"}`;
  const before = await text();
  expect(before).toContain(`tocsin_deliveries_waiting${labels} 0`);
  expect(before).toMatch(/tocsin_delivery_attempts_total\{outcome="hold"\} [1-9]/);
  expect(before).toMatch(/tocsin_delivery_attempts_total\{outcome="sent"\} [1-9]/);
  expect(before).toMatch(/tocsin_report_to_post_seconds_count [1-9]/);
  expect(before).toMatch(/tocsin_lines_held 0/);

  await created(story.api("PATCH", `/destinations/${destination.id}`, { enabled: false }));
  await story.tocsin.db.pool.query(
    `update deliveries set state = 'held', created_at = now() - interval '90 seconds'
     where id = (select id from deliveries where destination_id = $1 limit 1)`,
    [destination.id],
  );
  const after = await text();
  expect(after).toContain(`tocsin_deliveries_waiting${labels} 1`);
  expect(after).toMatch(/tocsin_delivery_oldest_waiting_seconds\{[^}]*C0PLATFORM1[^}]*\} 9\d/);
});
