import type { Logger } from "pino";
import { startSimulator } from "../../simulator/start.ts";
import type { Slack } from "../../simulator/story/story.ts";
import type { Config } from "../../src/config.ts";
import { startTocsin, type Tocsin } from "../../src/main.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { tryPage } from "./try-page.ts";
import { choosePort } from "./place/choose-port.ts";
import { clearFolder } from "./place/clear-folder.ts";
import { setUp } from "./setup.ts";

/** A Tocsin and a pretend Slack that know each other; empty until `fill` has been awaited. */
export interface Demo {
  /** Makes people, sources and destinations, plays the week, and says where everything is. */
  fill(): Promise<DemoFacts>;
  /** Resolves if the database ends by itself. */
  died: Promise<Error>;
  close(): Promise<void>;
}

export interface DemoOptions {
  /** The address to listen on. */
  host: string;
  log: Logger;
  /** Takes a line for each step that takes seconds. */
  say: (line: string) => void;
}

/** Starts both servers. DATA_DIR must be the demo's own: it is emptied. */
export async function startDemo(config: Config, { host, log, say }: DemoOptions): Promise<Demo> {
  const port = await choosePort(config.port, host, "PORT");
  const simulatorPort = await choosePort(config.simulatorPort, host, "SIMULATOR_PORT");
  await clearFolder(config.dataDir);
  const slack = await startSimulator({
    port: simulatorPort,
    host,
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
  });
  // Not localhost: Slack shows no link button whose host has no dot, and the pretended one doesn't either.
  const publicUrl = `http://127.0.0.1:${port}`;
  const page = tryPage();
  const own = { port, publicUrl, slackApiUrl: slack.apiUrl, databaseUrl: undefined };
  const tocsin = await startTocsin({ ...config, ...own }, { log, host, extend: page.addTo });
  return {
    died: tocsin.db.died,
    async fill() {
      const facts = await setUp({ tocsin, slack, consoleUrl: publicUrl, say });
      page.show(facts);
      return facts;
    },
    close: () => closeBoth(tocsin, slack),
  };
}

/** Tocsin first: it finishes what it is telling Slack. */
async function closeBoth(tocsin: Tocsin, slack: Slack): Promise<void> {
  await tocsin.close();
  await slack.close();
}
