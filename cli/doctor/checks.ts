import { sql } from "kysely";
import type { Config } from "../../src/config.ts";
import { openSlackAccess, type SlackAccess } from "../../src/connect/slack-access.ts";
import { type Database, openDatabase } from "../../src/db/connect.ts";
import { listMigrations } from "../../src/db/migrate.ts";
import { explainFailure } from "../../src/reach/explain-failure.ts";
import { openReach, type Reach } from "../../src/reach/reach.ts";
import { loadKey } from "../../src/secrets/load-key.ts";
import { openVault } from "../../src/secrets/vault.ts";
import { remedyText } from "../../src/slack/client/remedy.ts";
import { SlackFault } from "../../src/slack/client/slack-fault.ts";
import { withheldScopes } from "../../src/slack/scopes.ts";
import { buttonAddress } from "../../src/slack/text/addresses.ts";
import { readWrongClock } from "../../src/watch/stale-requests.ts";
import { listUntrustedProxies, proxyAdvice } from "../../src/watch/untrusted-proxies.ts";
import { checkAuthorities, checkConnections, checkSlackApi } from "./check-connections.ts";
import { checkPooler } from "./check-pooler.ts";
import { checkMapping, checkProvider } from "./check-provider.ts";
import type { Finding } from "./finding.ts";

/** Checks the public address, the identity provider, the database, the secret key and Slack, in this order. */
export async function runChecks(config: Config): Promise<Finding[]> {
  const reach = openReach(config.proxies);
  const outside = [
    ...checkAddress(config),
    ...checkAuthorities(process.env.NODE_EXTRA_CA_CERTS),
    ...(await checkSlackApi(config, reach)),
    ...(await checkProvider(config)),
  ];
  const db = await openDatabase(config, { log: () => {}, whenRunning: "join", poolSize: 2 }).catch(String);
  if (typeof db === "string") return [...outside, { kind: "broken", text: db.replace(/^Error: /, "") }];
  try {
    return [
      ...outside,
      ...(await checkPooler(db, config)),
      ...(await checkDatabaseAndSlack(db, config, reach)),
    ];
  } finally {
    await db.close();
  }
}

function textOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

/** Stops at a missing schema or a wrong key, without which nothing else can be read. */
async function checkDatabaseAndSlack(db: Database, config: Config, reach: Reach): Promise<Finding[]> {
  const database = await checkDatabase(db);
  if (database.some(({ kind }) => kind === "broken")) return database;
  const wrongClock = await readWrongClock(db.kysely);
  const people: Finding[] = [
    ...(await checkMapping(db, config)),
    ...(await checkProxies(db, config)),
    ...(wrongClock ? [{ kind: "broken" as const, text: wrongClock.remedy }] : []),
  ];
  try {
    const vault = openVault(await loadKey(db, config));
    const slack = openSlackAccess({
      db,
      vault,
      apiUrl: config.slackApiUrl,
      reach: openReach(config.proxies),
    });
    const key: Finding = { kind: "ok", text: "The secret key belongs to the database." };
    const connections = await checkConnections({ db, vault, smtp: config.smtp }, reach);
    return [...database, ...people, key, ...(await checkSlack({ db, slack })), ...connections];
  } catch (fault) {
    return [...database, ...people, { kind: "broken", text: textOf(fault) }];
  }
}

/** Whether people and Slack can reach Tocsin at its address, as far as the address itself shows. */
export function checkAddress({ publicUrl }: Pick<Config, "publicUrl">): Finding[] {
  const { protocol } = new URL(publicUrl);
  if (buttonAddress(publicUrl) === null) {
    const text = `PUBLIC_URL is ${publicUrl}. Its host has no dot, so Slack hides buttons that lead there, and only Socket Mode works. Set PUBLIC_URL.`;
    return [{ kind: "note", text }];
  }
  if (protocol === "http:")
    return [
      { kind: "note", text: `PUBLIC_URL is ${publicUrl}, which is not encrypted. Put Tocsin behind TLS.` },
    ];
  return [{ kind: "ok", text: `PUBLIC_URL is ${publicUrl}.` }];
}

/** Whether the database answers and has this version's schema. */
export async function checkDatabase({ kysely }: Pick<Database, "kysely">): Promise<Finding[]> {
  const { rows } = await sql<{ version: string; migrated: boolean }>`
    select current_setting('server_version') as version,
      to_regclass('kysely_migration') is not null as migrated`.execute(kysely);
  const [server] = rows;
  if (!server?.migrated)
    return [{ kind: "broken", text: "The database is empty. Run `tocsin migrate`, or start Tocsin." }];
  const ran = await sql<{ name: string }>`select name from kysely_migration`.execute(kysely);
  const done = new Set(ran.rows.map(({ name }) => name));
  const missing = (await listMigrations()).filter((name) => !done.has(name));
  if (missing.length > 0)
    return [
      {
        kind: "broken",
        text: `The schema lacks ${missing.join(", ")}. Run \`tocsin migrate\`, or start Tocsin.`,
      },
    ];
  return [{ kind: "ok", text: `PostgreSQL ${server.version} answers and has this version's schema.` }];
}

/** Whether requests come through a proxy that Tocsin does not trust. */
export async function checkProxies(
  { kysely }: Pick<Database, "kysely">,
  { trustedProxies }: Pick<Config, "trustedProxies">,
): Promise<Finding[]> {
  const proxies = await listUntrustedProxies(kysely, { trustedProxies, now: new Date() });
  return proxies.map(({ address }) => ({ kind: "note", text: proxyAdvice(address, trustedProxies) }));
}

interface Parts {
  db: Database;
  slack: SlackAccess;
}

/** Asks Slack whether each installation's token works and which scopes it lacks. */
export async function checkSlack({ db, slack }: Parts): Promise<Finding[]> {
  const app = await db.kysely.selectFrom("slack_app").select("thread_mirror").executeTakeFirst();
  const installations = await db.kysely
    .selectFrom("installations")
    .select(["id", "team_name", "enterprise_name"])
    .orderBy("id")
    .execute();
  if (installations.length === 0) return [{ kind: "note", text: "No Slack app is set up yet." }];
  const mirror = app?.thread_mirror ? "with-mirror" : "without-mirror";
  const findings: Finding[] = [];
  for (const { id, team_name, enterprise_name } of installations) {
    const name = team_name ?? enterprise_name ?? id;
    try {
      const { scopes } = await (await slack.clientFor(id)).authTest();
      findings.push({ kind: "ok", text: `Slack accepts the bot token of ${name}.` });
      for (const { name: scope, cost, optional } of withheldScopes(scopes, mirror))
        findings.push({
          kind: optional ? "note" : "broken",
          text: `${name} has not granted the scope ${scope}: ${cost}.`,
        });
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      const isKnown =
        fault.kind === "setup" || explainFailure(fault.code, "") !== null || /^http_/.test(fault.code);
      const why = isKnown ? remedyText(fault.code) : `Slack did not answer properly (${fault.code}).`;
      findings.push({ kind: "broken", text: `The Slack app in ${name}: ${why}` });
    }
  }
  return findings;
}
