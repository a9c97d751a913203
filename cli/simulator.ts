import type { Command } from "commander";
import { startSimulator } from "../simulator/start.ts";
import { readConfig } from "../src/config.ts";
import { choosePort } from "./demo/place/choose-port.ts";
import { untilStopped } from "./until-stopped.ts";

/** `tocsin simulator`: the pretend Slack alone, until SIGTERM or SIGINT. */
export function simulator(program: Command): void {
  program
    .command("simulator")
    .description("start the pretend Slack alone")
    .option(
      "--host <address>",
      "the address to listen on; everybody who reaches it may act in it",
      "127.0.0.1",
    )
    .option(
      "--request-url <url>",
      "where the app takes Slack's requests, as http://localhost:4000/slack/events",
    )
    .option("--no-rate-limits", "take any number of calls")
    .action(async ({ host, requestUrl, rateLimits }: SimulatorFlags) => {
      const port = await choosePort(readConfig(process.env).simulatorPort, host, "SIMULATOR_PORT");
      const slack = await startSimulator({ port, host, requestUrl, rateLimits });
      console.log(
        [
          `The pretend Slack: ${slack.pageUrl}`,
          `  SLACK_API_URL    ${slack.apiUrl}`,
          `  bot token        ${slack.app.botToken}`,
          `  signing secret   ${slack.app.signingSecret}`,
          `  requests go to   ${requestUrl ?? "nowhere yet: give --request-url"}`,
        ].join("\n"),
      );
      await untilStopped(new Promise(() => {}));
      await slack.close();
    });
}

interface SimulatorFlags {
  host: string;
  requestUrl?: string;
  rateLimits: boolean;
}
