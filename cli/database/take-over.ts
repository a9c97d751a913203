import type { Command } from "commander";
import { openLog } from "../process.ts";
import { withDatabase } from "../with-database.ts";

/** `tocsin take-over`: lets a restored database send again. */
export function takeOver(program: Command): void {
  program
    .command("take-over")
    .description("let a restored database send again; stop the Tocsin that it was taken from first")
    .action(async () => {
      const [{ takeOver: run }, { openDeps }] = await Promise.all([
        import("../../src/backup/take-over.ts"),
        import("../../src/backup/open-deps.ts"),
      ]);
      const { commandLine } = await import("../../src/people/principal.ts");
      const log = openLog("warn");
      const taken = await withDatabase(async (db, config) =>
        run(await openDeps(db, config, (fields, what) => log.info(fields, what)), commandLine),
      );
      if (!taken) {
        console.log("This database does not wait to be taken over. Nothing was changed.");
        return;
      }
      for (const line of report(taken)) console.log(line);
    });
}

type Taken = NonNullable<Awaited<ReturnType<typeof import("../../src/backup/take-over.ts").takeOver>>>;

function report({ takenAt, found, waiting, notDelivered, unreadable }: Taken): string[] {
  return [
    `Taken over, as of ${takenAt.toISOString()}. Start Tocsin now.`,
    `${found} messages were posted since the backup, and are known now. ${waiting} alerts wait, and go out at the start.`,
    ...(notDelivered > 0
      ? [
          `${notDelivered} may have been sent and can't be looked up. They are marked as not delivered: their history says why, and Re-send sends them.`,
        ]
      : []),
    ...unreadable.map(({ key, code }) => `Slack did not let Tocsin read ${key.split(":")[1]} (${code}).`),
  ];
}
