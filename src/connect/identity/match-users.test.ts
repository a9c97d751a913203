import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import { usualPace } from "../../pace.ts";
import { seedRoles } from "../../people/roles.ts";
import { matchDueUsers } from "./match-users.ts";

const { db } = await openTestDatabase();

/** The workspaces that are asked for a user's email. */
async function asked(): Promise<string[]> {
  const ids: string[] = [];
  const clientFor = (id: string) => {
    ids.push(id);
    return Promise.reject(new Error("asked"));
  };
  const deps = { db, slack: { clientFor }, pace: usualPace, clock: () => new Date(), log: () => {} };
  await matchDueUsers(deps).catch(({ message }) => expect(message).toBe("asked"));
  return ids;
}

test("only a workspace that an administrator trusts is asked for the emails of users", async () => {
  const workspace = randomUUID();
  await seedRoles(db.kysely);
  await db.pool.query(`
    insert into users (id, email, name, role_id)
      select gen_random_uuid(), 'ada@acme.example', 'Ada', id from roles limit 1;
    insert into installations (id, url, team_id, team_name, bot_id, bot_user_id, bot_name, bot_token, trusted)
      values ('${workspace}', 'https://acme.slack.com', 'T1', 'ACME', 'B1', 'U1', 'tocsin', '', false)`);
  expect(await asked()).toEqual([]);
  await db.pool.query("update installations set trusted = true");
  expect(await asked()).toEqual([workspace]);
});
