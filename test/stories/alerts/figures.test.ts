import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let source: string;
const travel = { id: "Okta.Travel", name: "Okta travel" };
beforeAll(async () => {
  story = await startStory();
  source = story.source.id;
});
afterAll(() => story.close());

async function open(report: object): Promise<string> {
  const { body } = await story.send({ severity: "HIGH", ...report });
  return body.results[0].alertId;
}

const change = (id: string, to: object) => story.api("PATCH", `/alerts/${id}`, to);

describe("the figures of the Overview", () => {
  const figures = async (query = "") => (await story.api("GET", `/metrics/overview${query}`)).body;

  beforeAll(async () => {
    const [slow, wrong] = [
      await open({ title: "Travel of Eve", detection: travel }),
      await open({ title: "Travel of Bob", detection: travel }),
    ];
    await open({ title: "Informational", severity: "INFO", detection: { id: "Info" } });
    await open({ title: "Untouched", severity: "CRITICAL" });
    await story.pass("10 minutes");
    await change(slow, { assignee: story.users.ada.email });
    await change(wrong, { status: "CLOSED" });
    await story.pass("50 minutes");
    await change(slow, { status: "RESOLVED" });
  });

  test("count alerts by severity, and measure first actions and closing without INFO alerts", async () => {
    const { alerts, firstAction, resolution, stepSeconds } = await figures();
    expect(stepSeconds).toBe(86_400);
    expect(alerts).toEqual([
      { at: expect.any(String), severities: { INFO: 1, LOW: 0, MEDIUM: 0, HIGH: 2, CRITICAL: 1 } },
    ]);
    expect(firstAction).toMatchObject({ count: 2, waiting: 1 });
    expect(Math.round(firstAction.p50 / 60)).toBe(10);
    expect(resolution).toMatchObject({ count: 2, waiting: 1, over: [{ count: 2 }] });
    expect(Math.round(resolution.p50 / 60)).toBe(35);
  });

  test("name the noisiest detections with their false positives, who has what, and deliveries", async () => {
    const { detections, assignees, deliveries } = await figures();
    expect(detections.find(({ id }: { id: string }) => id === travel.id)).toEqual({
      ...travel,
      source: { id: source, name: expect.any(String) },
      alerts: 2,
      closed: 2,
      falsePositives: 1,
    });
    expect(assignees).toEqual([{ assignee: null, open: 1, triaged: 0 }]);
    await story.tocsin.idle();
    expect((await figures()).deliveries).toMatchObject([{ waiting: 0, failed: 0 }]);
    expect(deliveries).toHaveLength(1);
  });

  test("leave out an alert's closing once it is reopened, and what was opened outside of the time", async () => {
    const { body } = await story.api("GET", "/alerts?status=CLOSED");
    await change(body.results[0].id, { status: "OPEN" });
    expect((await figures()).resolution).toMatchObject({ count: 1, waiting: 2 });
    const later = new Date(story.now().getTime() - 60_000).toISOString();
    expect(await figures(`?from=${later}`)).toMatchObject({
      alerts: [],
      firstAction: { count: 0, p50: null },
    });
  });

  test("of a time that ends before it begins are refused", async () => {
    const { status, body } = await story.api(
      "GET",
      "/metrics/overview?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
    );
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ field: "from", detail: "must be before `to`" }]);
  });
});
