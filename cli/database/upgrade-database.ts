import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Command } from "commander";
import { readConfig } from "../../src/config.ts";
import { version } from "../version.ts";

const programsHelp =
  "a folder whose node_modules has the old PostgreSQL, where npm can't fetch it from its registry";

/** `tocsin upgrade-database`: brings the embedded database to the major version of PostgreSQL that Tocsin brings along. */
export function upgradeDatabase(program: Command): void {
  program
    .command("upgrade-database")
    .description(
      "upgrade the embedded database to the PostgreSQL that this Tocsin brings; the old files stay",
    )
    .option("--programs <folder>", programsHelp)
    .action(async ({ programs }: { programs?: string }) => {
      const { databaseUrl, dataDir } = readConfig(process.env);
      if (databaseUrl)
        throw new Error(
          "DATABASE_URL is set, so the database is not an embedded one: upgrade that server as its vendor says.",
        );
      const [{ upgradeEmbedded }, { moveDatabase }, { commandLine }] = await Promise.all([
        import("../../src/db/embedded/upgrade-embedded.ts"),
        import("../../src/backup/move-database.ts"),
        import("../../src/people/principal.ts"),
      ]);
      const fetched = join(resolve(dataDir), "old-postgres");
      const path = join(resolve(dataDir), "upgrade.backup");
      const about = { path, version: await version(), by: commandLine };
      const upgraded = await upgradeEmbedded(dataDir, {
        findPrograms: async (major) => (programs ? resolve(programs) : fetchPrograms(major, fetched)),
        move: (from, to) => moveDatabase({ from, to, ...about }),
      }).finally(() => rm(fetched, { recursive: true, force: true }));
      console.log(upgraded ? report(upgraded) : "The database is up to date: nothing was changed.");
    });
}

function report({
  from,
  to,
  kept,
  moved,
}: {
  from: number;
  to: number;
  kept: string;
  moved: number;
}): string {
  const rows = new Intl.NumberFormat("en").format(moved);
  return `Upgraded from PostgreSQL ${from} to ${to}: ${rows} rows. Start Tocsin. The old files are in ${kept}: delete them once all is well.`;
}

const run = promisify(execFile);

/** Installs the newest release of this major version with npm, into `folder`, which it returns. */
async function fetchPrograms(major: number, folder: string): Promise<string> {
  const { serverPackage } = await import("../../src/db/embedded/native.ts");
  try {
    const { stdout } = await run("npm", ["view", serverPackage, "versions", "--json"]);
    const release = (JSON.parse(stdout) as string[]).findLast((one) => one.startsWith(`${major}.`));
    if (!release) throw new Error(`npm has no PostgreSQL ${major} for this machine.`);
    await mkdir(folder, { recursive: true });
    const how = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder];
    await run("npm", ["install", ...how, `${serverPackage}@${release}`]);
    return folder;
  } catch (cause) {
    throw new Error(
      `npm could not fetch PostgreSQL ${major}, which has to read the old files. Elsewhere run \`npm install --prefix FOLDER ${serverPackage}@VERSION\` with a version ${major}.x, bring FOLDER here, and add --programs FOLDER.`,
      { cause },
    );
  }
}
