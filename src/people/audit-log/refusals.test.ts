import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { commandLine, unauthenticated } from "../principal.ts";
import { findEntries } from "./find-entries.ts";
import { auditRefused } from "./refusals.ts";

let server: TestServer;

beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

test("of a caller who is refused all the time the log keeps some, and how many it left out", async () => {
  const now = new Date();
  const at = (time: Date) => ({ ...server.deps, clock: () => time });
  const entry = { action: "alert.change", target: null, changes: null, data: { reason: "no" } } as const;
  const actor = { type: "token", id: "a", name: "Mallory" } as const;
  const mallory = { ...unauthenticated({ ip: "192.0.2.7", headers: {} }), actor };
  for (let count = 0; count < 150; count++) await auditRefused(at(now), mallory, entry);
  await auditRefused(at(now), commandLine, entry);
  await auditRefused(at(new Date(now.getTime() + 10_000)), mallory, entry);
  const entries = await findEntries(server.deps.db.kysely, {}, { count: 200 });
  expect(entries).toHaveLength(102);
  expect(entries[0]).toMatchObject({
    outcome: "refused",
    actor: { name: "Mallory" },
    data: { reason: "no", omittedBefore: 50 },
  });
});
