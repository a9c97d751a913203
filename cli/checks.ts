import { readdir } from "node:fs/promises";
import { sql } from "kysely";
import type { Config } from "../src/config.ts";
import { openSlackAccess, type SlackAccess } from "../src/connect/slack-access.ts";
import { type Database, openDatabase } from "../src/db/connect.ts";
import { loadKey } from "../src/secrets/load-key.ts";
import { openVault } from "../src/secrets/vault.ts";
import { remedyText } from "../src/slack/client/remedy.ts";
import { SlackFault } from "../src/slack/client/slack-fault.ts";
import { withheldScopes } from "../src/slack/scopes.ts";

/** Looks at the settings' address, the database, the key and Slack, in this order. */
export async function examine(config: Config): Promise<Finding[]> {
  const db = await openDatabase(config, { log: () => {}, whenRunning: "join", poolSize: 2 });
  try {
    return [...aboutAddress(config), ...(await look(db, config))];
  } finally {
    await db.close();
  }
}

/** Without its schema or its key nothing further can be asked. */
async function look(db: Database, config: Config): Promise<Finding[]> {
  const database = await aboutDatabase(db);
  if (database.some(({ kind }) => kind === "broken")) return database;
  try {
    const vault = openVault(await loadKey(db, config));
    const slack = openSlackAccess({ db, vault, apiUrl: config.slackApiUrl });
    const key: Finding = { kind: "well", what: "The key fits the database." };
    return [...database, key, ...(await aboutSlack({ db, slack }))];
  } catch (fault) {
    return [...database, { kind: "broken", what: fault instanceof Error ? fault.message : String(fault) }];
  }
}

/** What the doctor has to say of one thing. */
export interface Finding {
  kind: "well" | "note" | "broken";
  what: string;
}

/** Whether people and Slack can reach Tocsin at its address, as far as its looks tell. */
export function aboutAddress({ publicUrl }: Pick<Config, "publicUrl">): Finding[] {
  const { protocol, hostname } = new URL(publicUrl);
  if (!hostname.includes(".")) {
    const what = `PUBLIC_URL is ${publicUrl}: Slack hides buttons that lead to a host without a dot, and reaches it in Socket Mode only.`;
    return [{ kind: "note", what }];
  }
  if (protocol === "http:")
    return [{ kind: "note", what: `PUBLIC_URL is ${publicUrl}, which is not encrypted.` }];
  return [{ kind: "well", what: `PUBLIC_URL is ${publicUrl}.` }];
}

const migrations = new URL("../src/db/migrations/", import.meta.url);

/** Whether the database answers, and has the schema of this version. */
export async function aboutDatabase({ kysely }: Pick<Database, "kysely">): Promise<Finding[]> {
  const { rows } = await sql<{ version: string; there: boolean }>`
    select current_setting('server_version') as version,
      to_regclass('kysely_migration') is not null as there`.execute(kysely);
  const [server] = rows;
  if (!server?.there)
    return [{ kind: "broken", what: "The database is empty: run `tocsin migrate`, or start it." }];
  const ran = await sql<{ name: string }>`select name from kysely_migration`.execute(kysely);
  const done = new Set(ran.rows.map(({ name }) => name));
  const ours = (await readdir(migrations)).filter((file) => /^\d{4}_/.test(file));
  const missing = ours.map((file) => file.replace(".ts", "")).filter((name) => !done.has(name));
  if (missing.length > 0)
    return [
      {
        kind: "broken",
        what: `The schema lacks ${missing.join(", ")}: run \`tocsin migrate\`, or start it.`,
      },
    ];
  return [{ kind: "well", what: `PostgreSQL ${server.version} answers, with the schema of this version.` }];
}

interface Parts {
  db: Database;
  slack: SlackAccess;
}

/** Asks Slack about each installation: whether its token works, and what it lacks. */
export async function aboutSlack({ db, slack }: Parts): Promise<Finding[]> {
  const app = await db.kysely.selectFrom("slack_app").select("thread_mirror").executeTakeFirst();
  const installations = await db.kysely
    .selectFrom("installations")
    .select(["id", "team_name", "enterprise_name"])
    .orderBy("id")
    .execute();
  if (installations.length === 0) return [{ kind: "note", what: "No Slack app is set up yet." }];
  const mirror = app?.thread_mirror ? "with-mirror" : "without-mirror";
  const found: Finding[] = [];
  for (const { id, team_name, enterprise_name } of installations) {
    const name = team_name ?? enterprise_name ?? id;
    try {
      const { scopes } = await (await slack.clientFor(id)).authTest();
      found.push({ kind: "well", what: `Slack takes the bot token of ${name}.` });
      for (const { name: scope, cost, optional } of withheldScopes(scopes, mirror))
        found.push({ kind: optional ? "note" : "broken", what: `${name} withholds ${scope}: ${cost}.` });
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      const why = fault.kind === "setup" ? remedyText(fault.code) : `it couldn't be asked (${fault.code}).`;
      found.push({ kind: "broken", what: `Slack about ${name}: ${why}` });
    }
  }
  return found;
}
