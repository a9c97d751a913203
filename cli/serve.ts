import type { Command } from "commander";
import { readConfig } from "../src/config.ts";
import { openDatabase } from "../src/db/connect.ts";
import { buttonAddress } from "../src/slack/text/addresses.ts";
import { choosePort, everyAddress, openLog, untilStopped } from "./process.ts";

/** `tocsin serve`: runs server, Console and workers in one process, until SIGTERM or SIGINT. */
export function serve(program: Command): void {
  program
    .command("serve")
    .description("start the server, the Console and the workers")
    .option("--host <address>", "the address to listen on (default: HOST, else all, IPv6 and IPv4)")
    .action(async (options: { host?: string }) => {
      const config = readConfig(process.env);
      const host = options.host ?? config.host ?? (await everyAddress());
      // Before the database is started for nothing.
      await choosePort(config.port, host, "PORT");
      const log = openLog();
      // Imported while the database starts, because loading the whole server takes as long.
      const [{ startTocsin }, db] = await Promise.all([
        import("../src/main.ts"),
        openDatabase(config, { log: (text) => log.info(text) }),
      ]);
      const tocsin = await startTocsin(config, { log, host, db });
      console.log(`Tocsin listens on port ${tocsin.port}: ${config.publicUrl}`);
      if (buttonAddress(config.publicUrl) === null) {
        console.log(
          "The host of PUBLIC_URL has no dot, so Slack hides buttons that lead there. Set PUBLIC_URL before you use Slack.",
        );
      }
      if (tocsin.firstStartUrl) {
        console.log(
          `There are no users yet. Create the first admin within an hour:\n  ${tocsin.firstStartUrl}`,
        );
      }
      await untilStopped(tocsin.died);
      await tocsin.close();
      // A call of Slack that hangs would keep the process running.
      process.exit();
    });
}
