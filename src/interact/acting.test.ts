import { pino } from "pino";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { serverDeps } from "../../test/tocsin/server-deps.ts";
import { readConfig } from "../config.ts";
import { acting } from "./acting.ts";

const { db } = await openTestDatabase();

test("nobody acts from a workspace where Tocsin is not installed", async () => {
  const log = pino({ level: "silent" });
  const deps = serverDeps({
    db,
    log,
    clock: () => new Date(),
    config: { ...readConfig({}), databaseUrl: "" },
  });
  const who = { userId: "U1", teamId: "T1", enterpriseId: null, userTeamId: null, orgInstall: false };
  expect(await acting(deps, who)).toBeNull();
  deps.expressions.close();
});
