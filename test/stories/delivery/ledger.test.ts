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
const ledger = (query = "") =>
  created(story.api("GET", `/destinations/${destination.id}/deliveries${query}`));
const titles = ({ results }: { results: { alert: { title: string } }[] }) =>
  results.map(({ alert }) => alert.title);
const standing = async () => created(story.api("GET", `/destinations/${destination.id}`));

test("what waits is listed as it goes out, page by page, and held where somebody has to put something right", async () => {
  const what = { kind: "error", error: "is_archived" } as const;
  const fault = { method: "chat.postMessage", channel: "#platform", times: 1000, what };
  await story.slack.ask("faults", { faults: [fault] });
  await story.send([report("Third"), report("Second"), report("First", "CRITICAL")]);
  // Between two looks at the channel, which Slack says is well, it may be thought mended.
  let held: Awaited<ReturnType<typeof ledger>>;
  await expect
    .poll(async () => {
      held = await ledger("?state=held");
      return titles(held);
    })
    .toEqual(["First", "Third", "Second"]);
  expect(held.results[0]).toMatchObject({ state: "held", error: "is_archived" });
  await expect.poll(async () => titles(await ledger("?state=waiting"))).toEqual([]);

  const first = await ledger("?limit=2");
  expect(titles(first)).toEqual(["First", "Third"]);
  expect(titles(await ledger(`?limit=2&cursor=${first.next}`))).toEqual(["Second"]);

  await expect.poll(standing).toMatchObject({ waiting: 3, state: { kind: "needs_attention" } });
  const { oldestWaitingAt } = await standing();
  expect(Date.parse(oldestWaitingAt)).toBeLessThanOrEqual(story.now().getTime());
  const attempts = await created(story.api("GET", `/destinations/${destination.id}/attempts`));
  expect(attempts.results[0]).toMatchObject({
    outcome: "hold",
    error: "is_archived",
    says: expect.stringContaining("The delivery is held until this is fixed."),
    alert: { title: "First" },
  });
});

test("what failed is listed, and sent again all at once", async () => {
  await story.slack.ask("faults", { faults: [] });
  await story.tocsin.idle();
  await story.tocsin.db.pool.query(
    "update deliveries set state = 'failed', error = 'internal_error' where destination_id = $1",
    [destination.id],
  );
  await story.tocsin.db.pool.query("update lines set fault = null, open_at = now()");
  expect((await standing()).failed).toBe(3);
  expect(titles(await ledger("?state=failed"))).toEqual(["First", "Third", "Second"]);

  const answer = await story.api("POST", `/destinations/${destination.id}/resend`);
  expect([answer.status, answer.body]).toEqual([202, { resent: 3 }]);
  for (const title of ["First", "Third", "Second"]) await story.slack.channel("#platform").expectCard(title);
  await expect.poll(async () => (await ledger()).results).toEqual([]);
  expect(titles(await ledger("?state=sent"))).toEqual(["First", "Third", "Second"]);
  const attempts = await created(story.api("GET", `/destinations/${destination.id}/attempts?limit=1`));
  expect(attempts.results).toMatchObject([
    { says: "Delivered.", permalink: expect.stringContaining("https://"), alert: { title: "Second" } },
  ]);
  expect((await created(story.api("POST", `/destinations/${destination.id}/resend`))).resent).toBe(0);
});

test("sending again draws a card that stands anew, and posts no second one", async () => {
  const [sent] = (await ledger("?state=sent")).results;
  await created(story.api("POST", `/alerts/${sent.alert.id}/deliveries`, { destinationId: destination.id }));
  const updates = async () =>
    (await story.slack.log.entries()).filter(({ what }) => what === "chat.update").length;
  await expect.poll(updates).toBeGreaterThan(0);
  const cards = await story.slack.channel("#platform").messages();
  expect(cards.filter(({ text }) => text.includes("First"))).toHaveLength(1);
});

test("whoever may not see alerts doesn't learn their titles here", async () => {
  const token = await created(
    story.api("POST", "/api-tokens", { name: "Setup", permissions: ["View Destinations"] }),
  );
  const answer = await fetch(`${story.origin}/api/v1/destinations/${destination.id}/deliveries`, {
    headers: { authorization: `Bearer ${token.token ?? token.secret}` },
  });
  expect(answer.status).toBe(403);
});

test("a destination that isn't there has no ledger", async () => {
  const unknown = "01990000-0000-7000-8000-000000000000";
  expect((await story.api("GET", `/destinations/${unknown}/deliveries`)).status).toBe(404);
  expect((await story.api("POST", `/destinations/${unknown}/resend`)).status).toBe(404);
});

test("/metrics tells what waits and since when, what was tried, and how long alerts took to their cards", async () => {
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
