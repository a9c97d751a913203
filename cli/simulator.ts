import type { Command } from "commander";
import { readConfig } from "../src/config.ts";
import { choosePort, untilStopped } from "./process.ts";

/** `tocsin simulator`: runs the simulator alone, until SIGTERM or SIGINT. */
export function simulator(program: Command): void {
  program
    .command("simulator")
    .description("start the simulator of Slack alone")
    .option("--host <address>", "the address to listen on; anybody who can reach it can use it", "127.0.0.1")
    .option(
      "--request-url <url>",
      "where the app gets Slack's requests, for example http://localhost:4000/slack/events",
    )
    .option("--config <file>", "a YAML or JSON file with workspaces, people, channels and apps")
    .option("--no-rate-limits", "accept any number of calls")
    .action(async ({ host, requestUrl, config, rateLimits }: SimulatorFlags) => {
      const { readConfig: readWorld } = await import("../simulator/config/read-config.ts");
      const { startSimulator } = await import("../simulator/start.ts");
      const { connectionDetails } = await import("../simulator/start.ts");
      const port = await choosePort(readConfig(process.env).simulatorPort, host, "SIMULATOR_PORT");
      const world = config === undefined ? undefined : await readWorld(config);
      const slack = await startSimulator({ port, host, requestUrl, rateLimits, config: world });
      console.log((await connectionDetails(slack)).join("\n"));
      await untilStopped(new Promise(() => {}));
      await slack.close();
    });
}

interface SimulatorFlags {
  host: string;
  requestUrl?: string;
  config?: string;
  rateLimits: boolean;
}
