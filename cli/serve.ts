import type { Command } from "commander";
import { readConfig } from "../src/config.ts";
import { openDatabase } from "../src/db/connect.ts";
import { openLog, untilStopped } from "./process.ts";

/** `tocsin serve`: server, Console and workers in one process, until SIGTERM or SIGINT. */
export function serve(program: Command): void {
  program
    .command("serve")
    .description("start the server, the Console and the workers")
    .option("--host <address>", "the address to listen on", "0.0.0.0")
    .action(async ({ host }: { host: string }) => {
      const config = readConfig(process.env);
      const log = openLog();
      // Only this verb needs the whole server; reading it takes as long as the database takes to start.
      const [{ startTocsin }, db] = await Promise.all([
        import("../src/main.ts"),
        openDatabase(config, { log: (line) => log.info(line) }),
      ]);
      const tocsin = await startTocsin(config, { log, host, db });
      console.log(`Tocsin listens on port ${tocsin.port}: ${config.publicUrl}`);
      if (!new URL(config.publicUrl).hostname.includes(".")) {
        console.log(
          "Slack hides buttons that lead to a host without a dot: set PUBLIC_URL before you use Slack.",
        );
      }
      if (tocsin.firstStartUrl) {
        console.log(
          `Nobody can sign in yet. Within the hour, become the first admin here:\n  ${tocsin.firstStartUrl}`,
        );
      }
      await untilStopped(tocsin.db.died);
      await tocsin.close();
    });
}
