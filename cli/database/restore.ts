import type { Command } from "commander";
import { readConfig } from "../../src/config.ts";
import { openDatabase } from "../../src/db/connect.ts";

/** `tocsin restore`: fills an empty database from a backup. */
export function restore(program: Command): void {
  program
    .command("restore")
    .argument("<file>", "a file of `tocsin backup`")
    .description("fill an empty database from a backup; it sends nothing until `tocsin take-over`")
    .option("--replace", "delete everything that the database holds first", false)
    .action(async (path: string, { replace }: { replace: boolean }) => {
      const settings = readConfig(process.env);
      const [{ restoreBackup }, { commandLine }] = await Promise.all([
        import("../../src/backup/restore-backup.ts"),
        import("../../src/people/principal.ts"),
      ]);
      const db = await openDatabase(settings, { log: () => {}, whenRunning: "join", poolSize: 2 });
      try {
        const restored = await restoreBackup(db, { path, replace, settings, by: commandLine });
        for (const line of report(restored)) console.log(line);
      } finally {
        await db.close();
      }
    });
}

type Restored = Awaited<ReturnType<typeof import("../../src/backup/restore-backup.ts").restoreBackup>>;

function report({ header, rows, upgraded, missing, key }: Restored): string[] {
  const { takenAt, version } = header;
  const total = Object.values(rows).reduce((sum, one) => sum + one, 0);
  return [
    `Restored the backup of ${takenAt} (Tocsin ${version}): ${new Intl.NumberFormat("en").format(total)} rows.`,
    ...(upgraded.length > 0 ? [`Upgraded the schema: ${upgraded.join(", ")}.`] : []),
    ...keyTexts[key],
    ...(missing ? secrets(missing) : []),
    "All sessions have ended, and everybody signs in again. What was revoked or changed after the backup is as it was before: check users, API tokens and source keys.",
    "It sends nothing yet. Stop the Tocsin that the backup was taken from, run `tocsin take-over`, and start.",
  ];
}

const keyTexts: Record<Restored["key"], string[]> = {
  here: [],
  resealed: ["The secrets are encrypted with the key that is set here."],
  written: ["The key of the backup is now the secret.key of DATA_DIR."],
};

function secrets(missing: readonly string[]): string[] {
  if (missing.length === 0) return ["The key of the backup is not here, but no secret was sealed with it."];
  return [
    "The key of the backup is not here. If you have it, restore again with --replace and SECRET_KEY set to it. Otherwise enter these again in the Console:",
    ...missing.map((one) => `  - ${one}`),
  ];
}
