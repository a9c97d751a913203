import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { alertmanagerBody } from "../../builders/odd-bodies.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const oracles = process.env.TOCSIN_ORACLES;
const payload = async (file: string) =>
  JSON.parse(await readFile(join(oracles ?? "", "alerts/alertmanager", file), "utf8"));

let story: Story;
let source: { url: string; key: string };
beforeAll(async () => {
  story = await startStory();
  source = await created(story.api("POST", "/sources", { kind: "alertmanager", name: "Prometheus" }));
});
afterAll(() => story.close());

const post = async (body: object) => {
  const path = new URL(source.url).pathname;
  const answer = await fetch(`${story.origin}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${source.key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { results } = await answer.json();
  return results.map((result: { outcome: string }) => result.outcome);
};

test.skipIf(!oracles)(
  "real Alertmanager payloads open, join and resolve alerts (TOCSIN_ORACLES)",
  async () => {
    const firing = await payload("captured-am0.33-firing-2.json");
    const mixed = await payload("captured-am0.33-mixed-one-resolved.json");
    expect(await post(firing)).toEqual(["opened", "opened"]);
    expect(await post(firing)).toEqual(["joined", "joined"]);
    // bastion-1 is new, bastion-2 is resolved, bastion-3 still fires.
    expect(await post(mixed)).toEqual(["opened", "resolved", "joined"]);
    expect(await post(mixed)).toEqual(["joined", "ignored", "joined"]);

    const { body } = await story.api("GET", "/alerts?status=OPEN,RESOLVED&sort=createdAt");
    expect(
      body.results.map((alert: { title: string; status: string; eventCount: number }) => [
        alert.title,
        alert.status,
        alert.eventCount,
      ]),
    ).toEqual([
      ["SSH brute force against bastion-2.example.test", "RESOLVED", 2],
      ["SSH brute force against bastion-3.example.test", "OPEN", 4],
      [expect.stringContaining("bastion-1.example.test"), "OPEN", 2],
    ]);
  },
);

test("an alert that starts again says so once in its thread, and a moved start still ends it", async () => {
  const send = (status: "firing" | "resolved", minute: number) =>
    post(alertmanagerBody("5ta27", status, `2026-01-15T15:${minute}:00Z`));
  expect(await send("firing", 10)).toEqual(["opened"]);
  const card = await story.slack.channel("#security").expectCard("CPU of web-9 at 99 % (5ta27)");
  expect(await send("firing", 12)).toEqual(["joined"]);
  await card.expectReply("Prometheus says it started again");
  expect(await send("firing", 12)).toEqual(["joined"]);
  expect(await send("resolved", 14)).toEqual(["resolved"]);
  await card.expectReply("Prometheus resolved the alert");
});

test.skipIf(!oracles)(
  "a resolved report that arrives 90 days later still finds its alert (TOCSIN_ORACLES)",
  async () => {
    await story.pass("90 days");
    const mixed = await payload("captured-am0.33-mixed-one-resolved.json");
    const resolved = mixed.alerts.map((alert: object) => ({ ...alert, status: "resolved" }));
    expect(await post({ ...mixed, status: "resolved", alerts: resolved })).toEqual([
      "resolved",
      "ignored",
      "resolved",
    ]);
    const card = await story.slack
      .channel("#security")
      .expectCard("Resolved: SSH brute force against bastion-3");
    await card.expectText("Prometheus");
  },
);

test("cards of alerts with the same title show what tells them apart", async () => {
  const title = "One or more targets are unreachable.";
  const firing = (instance: string) => {
    const labels = { alertname: "TargetDown", severity: "warning", instance };
    const startsAt = "2026-11-29T15:00:00Z";
    const alerts = [
      { status: "firing", labels, annotations: { summary: title }, startsAt, fingerprint: instance },
    ];
    return { version: "4", status: "firing", alerts };
  };
  expect(await post(firing("api-1:9100"))).toEqual(["opened"]);
  const first = await story.slack.channel("#security").expectCard(title);
  expect(await post(firing("db-1:9100"))).toEqual(["opened"]);
  await story.slack.channel("#security").expectMessage("instance db-1:9100");
  await first.expectText("instance api-1:9100");
});
