import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../test/tocsin/server.ts";
import { auditLog } from "./audit.ts";
import { commandLine, unauthenticated } from "./principal.ts";
import { openRefusals } from "./refusals.ts";

let server: TestServer;

beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

test("of a caller who is refused all the time the log keeps some, and how many it left out", async () => {
  const db = server.deps.db.kysely;
  const refusals = openRefusals();
  const entry = { action: "alert.change", target: null, changes: null, data: { reason: "no" } } as const;
  const actor = { type: "token", id: "a", name: "Mallory" } as const;
  const mallory = { ...unauthenticated({ ip: "192.0.2.7", headers: {} }), actor };
  const now = new Date();
  for (let at = 0; at < 150; at++) await refusals.audit(db, mallory, entry, now);
  await refusals.audit(db, commandLine, entry, now);
  await refusals.audit(db, mallory, entry, new Date(now.getTime() + 10_000));
  const entries = await auditLog(db, { before: null, count: 200 });
  expect(entries).toHaveLength(102);
  expect(entries[0]).toMatchObject({
    outcome: "refused",
    actor_name: "Mallory",
    data: { reason: "no", omittedBefore: 50 },
  });
});
