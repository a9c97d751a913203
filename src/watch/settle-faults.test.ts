import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../simulator/start.ts";
import { newDestination } from "../../test/builders/destination.ts";
import { type Caller, openServer, type TestServer } from "../../test/tocsin/server.ts";
import { openIntakeConnection } from "../db/intake-transaction.ts";
import { settleFaults } from "./settle-faults.ts";

const slack = await startSimulator({ rateLimits: false });
let doors: TestServer;
let program: Caller;

beforeAll(async () => {
  doors = await openServer({ SLACK_API_URL: slack.apiUrl });
  program = await doors.program();
  const { botToken, signingSecret } = slack.app;
  await program("PUT", "/api/v1/slack/app", { mode: "http", botToken, signingSecret });
  await program("POST", "/api/v1/destinations", newDestination());
});
beforeEach(() => breakApp(null));
afterAll(async () => {
  await doors.close();
  await slack.close();
});

/** Sets the fault as a worker's transaction would. */
const breakApp = (fault: string | null) =>
  doors.deps.db.kysely.updateTable("installations").set({ fault }).execute();
const node = () => {
  const { db } = doors.deps;
  return {
    kysely: db.kysely,
    intake: openIntakeConnection(db),
    publicUrl: "https://tocsin.acme.example",
    mails: true,
  };
};
const alerts = async () =>
  (await program("GET", "/api/v1/alerts?type=SYSTEM_ERROR&status=OPEN,RESOLVED")).body.results;

test("any node reports a stored fault and its end", async () => {
  await breakApp("token_revoked");
  expect(await alerts()).toEqual([]);
  expect(await settleFaults(node())).toBe(true);
  expect(await alerts()).toMatchObject([{ status: "OPEN", source: { name: "Tocsin" } }]);
  expect(await settleFaults(node())).toBe(false);
  await breakApp(null);
  expect(await settleFaults(node())).toBe(true);
  expect(await alerts()).toMatchObject([{ status: "RESOLVED", updatedBy: { type: "system" } }]);
});

test("only one of several nodes reports a fault, and each fault has its own alert", async () => {
  await breakApp("account_inactive");
  const changed = await Promise.all(Array.from({ length: 4 }, () => settleFaults(node())));
  expect(changed.filter(Boolean)).toHaveLength(1);
  expect(await alerts()).toHaveLength(2);
  await breakApp(null);
  await settleFaults(node());
  expect((await alerts()).map(({ status }: { status: string }) => status)).toEqual(["RESOLVED", "RESOLVED"]);
});

test("Tocsin's own source can't be listed, changed or reported to", async () => {
  expect((await program("GET", "/api/v1/sources")).body.results).toEqual([]);
  const { body } = await program("GET", "/api/v1/alerts?type=SYSTEM_ERROR&status=RESOLVED");
  const { id } = body.results[0].source;
  expect((await program("PATCH", `/api/v1/sources/${id}`, { name: "Mine" })).status).toBe(404);
  expect((await program("POST", `/api/v1/sources/${id}/keys`)).status).toBe(404);
  expect((await program("GET", "/api/v1/detections")).body.results).toEqual([]);
});
