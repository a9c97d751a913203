import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import { moveChannel } from "./channel-events.ts";

const { db } = await openTestDatabase();

test("what stands in a channel that gets another id moves along, and nothing of other channels", async () => {
  const [workspace, digest] = [randomUUID(), randomUUID()];
  await db.pool.query(`
    insert into installations (id, url, team_id, team_name, bot_id, bot_user_id, bot_name, bot_token)
      values ('${workspace}', 'https://acme.slack.com', 'T1', 'ACME', 'B1', 'U1', 'tocsin', '');
    insert into destinations (id, type, display_name, severities, alert_types, log_types, timezone, line,
        installation_id, channel_id, channel_name)
      values ('${randomUUID()}', 'slack-bot', 'Security', '{HIGH}', '{RULE}', '{}', 'UTC', '${workspace}:C1',
        '${workspace}', 'C1', 'security')`);
  for (const channel of ["C1", "C2"])
    await db.pool.query(`
      insert into lines (key, installation_id, channel_id) values ('${workspace}:${channel}', '${workspace}', '${channel}');
      insert into messages (id, kind, line, installation_id, subject_id, state, rank, channel_id, ts)
        values (gen_random_uuid(), 'digest', '${workspace}:${channel}', '${workspace}', '${digest}', 'stands', 0, '${channel}', '1.2')`);
  await moveChannel(db, { installationId: workspace, channelId: "C1" }, "C3");
  const { rows } = await db.pool.query(
    "select line, channel_id as channel from messages order by channel_id",
  );
  expect(rows).toEqual([
    { line: `${workspace}:C2`, channel: "C2" },
    { line: `${workspace}:C3`, channel: "C3" },
  ]);
});
