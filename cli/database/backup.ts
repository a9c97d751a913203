import type { Command } from "commander";
import { readConfig } from "../../src/config.ts";
import { openDatabase } from "../../src/db/connect.ts";
import { listApplied, listMigrations } from "../../src/db/migrate.ts";
import { version } from "../version.ts";

const withKeyHelp =
  "put the secret key into the backup as well: anybody who has the file then has all secrets";

/** `tocsin backup`: writes the whole database to one file, while Tocsin runs or not. */
export function backup(program: Command): void {
  program
    .command("backup")
    .argument("<file>", "the file to write")
    .description("write the whole database to a file, also while Tocsin runs")
    .option("--with-key", withKeyHelp, false)
    .option("--force", "replace the file if it exists", false)
    .action(async (path: string, { withKey, force }: { withKey: boolean; force: boolean }) => {
      const config = readConfig(process.env);
      const { takeBackup } = await import("../../src/backup/take-backup.ts");
      // It does not migrate: a backup is taken before an upgrade, too.
      const db = await openDatabase(config, { log: () => {}, whenRunning: "join", poolSize: 2 });
      try {
        const key = withKey ? await readKey(db, config) : null;
        const taken = await takeBackup(db, { path, force, version: await version(), key });
        if (await isUpToDate(db)) await note(db, withKey);
        const counted = Object.values(taken.rows).reduce((sum, rows) => sum + rows, 0);
        const alerts = taken.rows.alerts ?? 0;
        console.log(
          `${path}: ${count(taken.bytes)} bytes, ${count(counted)} rows of ${Object.keys(taken.rows).length} tables, ${count(alerts)} ${alerts === 1 ? "alert" : "alerts"}, as of ${taken.takenAt}.`,
        );
        console.log(withKey ? holdsAll : leftOut(config));
      } finally {
        await db.close();
      }
    });
}

const count = (number: number) => new Intl.NumberFormat("en").format(number);

type Settings = ReturnType<typeof readConfig>;
type Open = Awaited<ReturnType<typeof openDatabase>>;

async function readKey(db: Open, config: Settings): Promise<Buffer> {
  if ((await listApplied(db.kysely)).length === 0) return Buffer.alloc(0);
  const { loadKey } = await import("../../src/secrets/load-key.ts");
  return (await loadKey(db, config)).export();
}

async function isUpToDate({ kysely }: Open): Promise<boolean> {
  return (await listApplied(kysely)).length === (await listMigrations()).length;
}

async function note(db: Open, withKey: boolean): Promise<void> {
  const { audit } = await import("../../src/people/audit-log/audit.ts");
  const { commandLine } = await import("../../src/people/principal.ts");
  await audit(db.kysely, commandLine, {
    action: "database.backed_up",
    target: null,
    changes: null,
    data: { withKey },
  });
}

const holdsAll =
  "The secret key is in the file, so it now holds everything: keep it as safe as a password of every system that Tocsin reaches.";

function leftOut({ secretKey, dataDir }: Settings): string {
  const kept = secretKey ? "SECRET_KEY" : `${dataDir}/secret.key`;
  return `The secret key is not in the file. Keep ${kept} elsewhere: without it, tokens and other secrets have to be entered again after a restore.`;
}
