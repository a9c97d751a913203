import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { newDestination } from "../../../test/builders/destination.ts";
import { report } from "../../../test/builders/report.ts";
import { type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { openIntakeConnection } from "../../db/intake-transaction.ts";
import { sourceFinder } from "../../ingest/source-keys.ts";
import { ingestReports } from "../../pipeline.ts";

const slack = await startSimulator({ rateLimits: false });
const { botToken, signingSecret } = slack.app;
let doors: TestServer;
let program: Caller;
let source: { id: string; key: string };
let destination: { id: string };

/** Opens an alert. No worker runs in these tests, so its deliveries stay waiting. */
async function open(title: string): Promise<string> {
  const { db, clock } = doors.deps;
  const known = await sourceFinder(db, clock)(source.id, source.key);
  if (!known) throw new Error("the source is gone");
  const reports = [{ source: known, report: report({ title, detectionId: `Detects ${title}` }) }];
  const [taken] = await openIntakeConnection(db).transaction((intake) => ingestReports(intake, reports));
  return taken?.alertId ?? "";
}

const url = "/api/v1/destinations";
const change = (body: object) => program("PATCH", `${url}/${destination.id}`, body);
const deliveryOf = (alertId: string) =>
  doors.deps.db.kysely
    .selectFrom("deliveries")
    .select(["state", "line", "error"])
    .where("alert_id", "=", alertId)
    .execute();

beforeAll(async () => {
  doors = await openServer({ SLACK_API_URL: slack.apiUrl });
  program = await doors.program();
  await program("PUT", "/api/v1/slack/app", { mode: "http", botToken, signingSecret });
  source = (await program("POST", "/api/v1/sources", { kind: "native", name: "Falcon" })).body;
});
beforeEach(async (context) => {
  destination = (await program("POST", url, newDestination({ displayName: context.task.name }))).body;
});
afterAll(async () => {
  await doors.close();
  await slack.close();
});

test("waiting deliveries move to the line of a destination's new channel", async () => {
  const alert = await open("Moved");
  const moved = await change({ channel: "#platform" });
  expect(moved.body).toMatchObject({ channel: { id: "C0PLATFORM1" }, waiting: 1 });
  expect(await deliveryOf(alert)).toContainEqual(
    expect.objectContaining({ state: "waiting", line: expect.stringMatching(/:C0PLATFORM1$/) }),
  );
  await program("DELETE", `${url}/${destination.id}`);
});

test("disabling a destination holds its waiting deliveries, and enabling releases them", async () => {
  const alert = await open("Held");
  expect((await change({ enabled: false })).body).toMatchObject({ state: { kind: "disabled" }, waiting: 1 });
  expect(await deliveryOf(alert)).toMatchObject([{ state: "held" }]);
  expect(await deliveryOf(await open("Not taken"))).toEqual([]);
  expect((await change({ enabled: true })).body).toMatchObject({ state: { kind: "ok" }, waiting: 1 });
  expect(await deliveryOf(alert)).toMatchObject([{ state: "waiting" }]);
  await program("DELETE", `${url}/${destination.id}`);
});

test("deleting a destination ends its waiting deliveries and frees its name", async () => {
  const alerts = [await open("Ended"), await open("Ended too")];
  expect((await program("DELETE", `${url}/${destination.id}`)).status).toBe(204);
  for (const alert of alerts) {
    expect(await deliveryOf(alert)).toMatchObject([{ state: "not_delivered", error: "destination deleted" }]);
    const history = await program("GET", `/api/v1/alerts/${alert}/history`);
    expect(history.body.results).toContainEqual(
      expect.objectContaining({
        kind: "not_delivered",
        actor: expect.objectContaining({ name: "program" }),
        sentence: expect.stringContaining("destination deleted"),
      }),
    );
  }
  expect((await program("GET", `${url}/${destination.id}`)).status).toBe(404);
  expect((await program("DELETE", `${url}/${destination.id}`)).status).toBe(404);
  const displayName = "deleting a destination ends its waiting deliveries and frees its name";
  const again = await program("POST", url, newDestination({ displayName }));
  expect(again.status).toBe(201);
  await program("DELETE", `${url}/${again.body.id}`);
});

test("a detection's override can be set, refused for an unknown name, and removed", async () => {
  await open("Overridden");
  const { body } = await program("GET", `/api/v1/detections?q=overridden&source=${source.id}`);
  expect(body.results).toMatchObject([{ detectionId: "Detects Overridden", destinations: null }]);
  const detection = `/api/v1/detections/${body.results[0].id}`;
  const other = await program("POST", url, newDestination({ displayName: "Quiet", severities: ["INFO"] }));
  const unknown = await program("PATCH", detection, { destinations: ["quiet", "Nowhere"] });
  expect(unknown).toMatchObject({
    status: 400,
    body: {
      errors: [
        {
          field: "destinations",
          detail: 'Unknown destinations: "Nowhere". Use names or ids of existing destinations.',
        },
      ],
    },
  });
  const set = await program("PATCH", detection, { destinations: ["QUIET"] });
  expect(set.body.destinations).toEqual([other.body.id]);
  const removed = await program("PATCH", detection, { destinations: null });
  expect(removed.body.destinations).toBeNull();
  expect((await program("GET", "/api/v1/detections?q=%25")).body.results).toEqual([]);
});
