import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { openTestDatabase } from "../../../test/database.ts";
import { readConfig } from "../../config.ts";
import { openReach } from "../../reach/reach.ts";
import { openVault } from "../../secrets/vault.ts";
import { openSlackAccess } from "../slack-access.ts";
import { checkInstallation } from "./check-installation.ts";

const { db } = await openTestDatabase();

test("a good check opens the lines of an installation that failed, and no check opens those of another", async () => {
  const slack = await startSimulator({ rateLimits: false });
  const vault = openVault(createSecretKey(randomBytes(32)));
  const access = openSlackAccess({
    db,
    vault,
    apiUrl: slack.apiUrl,
    reach: openReach(readConfig({}).proxies),
  });
  const parts = { db, slack: { ...access, clientFor: async () => access.clientWith(slack.app.botToken) } };
  const scopes = (await access.clientWith(slack.app.botToken).authTest()).scopes;
  const [failed, working] = [randomUUID(), randomUUID()];
  for (const [id, fault] of [
    [failed, "invalid_auth"],
    [working, null],
  ]) {
    const values = [id, fault, scopes];
    await db.pool.query(
      `insert into installations (id, url, team_id, team_name, bot_id, bot_user_id, bot_name, bot_token, fault, scopes)
        values ($1::uuid, 'https://acme.slack.com', $1::text, 'ACME', 'B1', 'U1', 'tocsin', '', $2, $3)`,
      values,
    );
    await db.pool.query(
      `insert into lines (key, installation_id, channel_id, fault, fault_since, open_at)
        values ($1::text || ':C1', $1::uuid, 'C1', 'invalid_auth', now(), 'infinity')`,
      [id],
    );
  }
  const open = async () => {
    const sql = "select installation_id as id from lines where fault is null and open_at <= now()";
    return (await db.pool.query(sql)).rows.map(({ id }) => id);
  };
  await checkInstallation(parts, working);
  expect(await open()).toEqual([]);
  await checkInstallation(parts, failed);
  expect(await open()).toEqual([failed]);
  await slack.close();
});
