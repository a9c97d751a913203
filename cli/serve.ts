import type { Command } from "commander";
import { readConfig } from "../src/config.ts";
import { openLog } from "./log.ts";
import { untilStopped } from "./until-stopped.ts";

/** `tocsin serve`: server, Console and workers in one process, until SIGTERM or SIGINT. */
export function serve(program: Command): void {
  program
    .command("serve")
    .description("start the server, the Console and the workers")
    .option("--host <address>", "the address to listen on", "0.0.0.0")
    .action(async ({ host }: { host: string }) => {
      const config = readConfig(process.env);
      // Only this verb needs the whole server, and reading it takes half a second.
      const { startTocsin } = await import("../src/main.ts");
      const log = openLog();
      const tocsin = await startTocsin(config, { log, host });
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
