import type { Config } from "../src/config.ts";
import { type Database, openDatabase } from "../src/db/connect.ts";
import { loadKey } from "../src/secrets/load-key.ts";
import { openVault } from "../src/secrets/vault.ts";
import { openSlackAccess } from "../src/connect/slack-access.ts";
import { aboutAddress } from "./checks/about-address.ts";
import { aboutDatabase } from "./checks/about-database.ts";
import { aboutSlack } from "./checks/about-slack.ts";
import type { Finding } from "./checks/finding.ts";

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
