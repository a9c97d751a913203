import { sql } from "kysely";
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
    await change(wrong, { status: "CLOSED", disposition: "FALSE_POSITIVE" });
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

  test("name the destination with failed deliveries first, then the one with waiting deliveries", async () => {
    const { kysely } = story.tocsin.db;
    const webhook = async (displayName: string) => {
      const url = "https://hooks.acme.example/tocsin";
      const { body } = await story.api("POST", "/destinations", {
        ...{ type: "custom-webhook", displayName, url },
        ...{ severities: ["LOW"], alertTypes: ["POLICY"], logTypes: [] },
      });
      return body.id;
    };
    const [none, held] = [await webhook("A: nothing"), await webhook("B: held")];
    const mark = (to: string, state: string) =>
      sql`update deliveries set destination_id = ${to}, state = ${state}
        where id = (select id from deliveries where state = 'sent' limit 1)`.execute(kysely);
    await mark(story.destination.id, "failed");
    await mark(held, "held");
    const { deliveries } = await figures();
    const ids = deliveries.map(({ destination }: { destination: { id: string } }) => destination.id);
    expect(ids).toEqual([story.destination.id, held, none]);
    for (const id of [none, held]) await story.api("DELETE", `/destinations/${id}`);
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

describe("detections", () => {
  const list = async (query = "") => (await story.api("GET", `/detections${query}`)).body;
  const ids = ({ results }: { results: { detectionId: string }[] }) => results.map((one) => one.detectionId);

  test("have the figures of their alerts, and say where those go", async () => {
    const [detection] = (await list("?q=travel")).results;
    expect(detection).toMatchObject({
      detectionId: travel.id,
      severity: "HIGH",
      alerts7Days: 2,
      alerts30Days: 2,
      closed30Days: 1,
      falsePositives30Days: 0,
      route: { reason: "settings", destinations: [{ id: story.destination.id }] },
    });
    const changed = await story.api("PATCH", `/detections/${detection.id}`, { destinations: [] });
    expect(changed.body).toMatchObject({ alerts30Days: 2, route: { reason: "detection", destinations: [] } });
  });

  test.each([
    ["-alerts30Days", ["Okta.Travel", "Info"]],
    ["alerts30Days", ["Info", "Okta.Travel"]],
    ["name", ["Info", "Okta.Travel"]],
    ["-severity", ["Okta.Travel", "Info"]],
    ["-lastAlertAt", ["Info", "Okta.Travel"]],
    ["-falsePositiveShare", ["Info", "Okta.Travel"]],
    ["source", ["Okta.Travel", "Info"]],
  ])("are sorted by %s, page by page", async (sort, expected) => {
    const first = await list(`?sort=${sort}&limit=1`);
    const second = await list(`?sort=${sort}&limit=1&cursor=${first.next}`);
    expect([...ids(first), ...ids(second)]).toEqual(expected);
    expect(second.next).toBeNull();
  });

  test("without alerts of the last 30 days keep their last one", async () => {
    await story.pass("31 days");
    expect((await list("?q=travel")).results[0]).toMatchObject({ alerts30Days: 0, severity: "HIGH" });
  });
});

describe("seen before", () => {
  const seen = async (id: string) => (await story.api("GET", `/alerts/${id}/seen-before`)).body;
  const context = { user: "Eve@acme.example", host: "web-9", ip: "203.0.113.7" };
  const numbers = ({ results }: { results: { number: number }[] }) => results.map(({ number }) => number);

  test("lists earlier alerts with the same user, host, address or detection, and how each ended", async () => {
    const detection = { id: "VPN.Login", name: "VPN login" };
    const host = await open({ title: "Host only", context: { hostname: "WEB-9" } });
    const ended = await open({
      title: "Two in common",
      context: { user: "eve@acme.example", host: "web-9" },
    });
    await change(ended, { status: "RESOLVED", comment: "VPN, confirmed" });
    await open({ title: "Same detection", detection });
    await open({ title: "Nothing in common", context: { user: "bob@acme.example" } });
    const current = await open({ title: "Now", detection, context });
    await open({ title: "Later", detection, context });
    const { results, more } = await seen(current);
    expect(more).toBe(false);
    expect(results).toMatchObject([
      {
        title: "Two in common",
        same: [
          { kind: "user", value: "Eve@acme.example" },
          { kind: "host", value: "web-9" },
        ],
        ended: { by: { type: "token" }, comment: "VPN, confirmed" },
      },
      { title: "Same detection", same: [{ kind: "detection", value: "VPN login" }], ended: null },
      { id: host, same: [{ kind: "host" }] },
    ]);
    const { body } = await story.api(
      "GET",
      `/alerts?seenBefore=${current}&status=OPEN,RESOLVED&sort=createdAt`,
    );
    expect(numbers(body).toSorted()).toEqual(numbers({ results }).toSorted());
    // Its own list says the same to the second of two alerts.
    expect((await story.api("GET", `/alerts/${results[0].id}/seen-before`)).body.results).toHaveLength(1);
  });

  test("shows at most five of the last 90 days, and says that there are more", async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) await open({ title: `Repeat ${n}`, context: { host: "db-1" } });
    const current = await open({ title: "Another", context: { host: "db-1" } });
    const found = await seen(current);
    expect(found.results.map(({ title }: { title: string }) => title)).toEqual(
      [6, 5, 4, 3, 2].map((n) => `Repeat ${n}`),
    );
    expect(found.more).toBe(true);
    await story.pass("91 days");
    expect(await seen(current)).toEqual({ results: [], more: false });
  });
});

describe("saved views", () => {
  const views = (method: "GET" | "POST" | "PATCH" | "DELETE", path = "", body?: unknown) =>
    story.api(method, `/views${path}`, body);

  test("are shared, renamed, counted and deleted, and the audit log says so", async () => {
    const filters = { severity: ["CRITICAL"], within: "24h", sort: "-severity" };
    const made = await views("POST", "", { name: " Critical ", filters, shared: true });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "Critical", filters, shared: true, owner: null },
    });
    const { id } = made.body;
    expect((await views("GET", `/${id}/count`)).body).toEqual({ count: 0, more: false });
    await open({ title: "Counted", severity: "CRITICAL" });
    expect((await views("GET", `/${id}/count`)).body).toEqual({ count: 1, more: false });
    expect((await views("PATCH", `/${id}`, { name: "Worst" })).body).toMatchObject({
      name: "Worst",
      filters,
    });
    expect((await views("GET")).body.results).toMatchObject([{ id, name: "Worst" }]);
    expect((await views("DELETE", `/${id}`)).status).toBe(204);
    expect((await views("GET", `/${id}`)).status).toBe(404);
    const { body } = await story.api("GET", "/audit-log");
    const entries = body.results.filter(({ action }: { action: string }) => action.startsWith("view."));
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      "view.deleted",
      "view.changed",
      "view.created",
    ]);
    expect(entries[1].changes).toEqual({ name: { from: "Critical", to: "Worst" } });
  });

  test.each([
    [{ name: "", filters: {} }, "name"],
    [{ name: "Odd", filters: { severity: ["SEVERE"] }, shared: true }, "filters"],
    [{ name: "Odd", filters: { unheard: "of" }, shared: true }, "filters"],
    [{ name: "Own", filters: {} }, "shared"],
  ])("with something wrong are refused at the field: %j", async (view, field) => {
    const { status, body } = await views("POST", "", view);
    expect(status).toBe(400);
    expect(body.errors[0].field).toMatch(field);
  });
});
