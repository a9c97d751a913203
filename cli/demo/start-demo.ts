import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Logger } from "pino";
import { foreignHost } from "../../simulator/refuse-foreign-hosts.ts";
import { startSimulator } from "../../simulator/start.ts";
import type { Slack } from "../../simulator/story/story.ts";
import type { App } from "../../src/api/deps.ts";
import { problem } from "../../src/api/problem.ts";
import type { Config } from "../../src/config.ts";
import { claimFile, ownerOf } from "../../src/db/embedded/claim.ts";
import { stopLeftovers } from "../../src/db/embedded/end-leftovers.ts";
import { startTocsin, type Tocsin } from "../../src/main.ts";
import { choosePort } from "../process.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { setUp } from "./setup.ts";
import { tryPage } from "./try-page.ts";

/** Tocsin and the simulator, connected to each other; empty until `fill` resolves. */
export interface Demo {
  /** Creates users, sources, destinations and a week of alerts. Returns all addresses and credentials. */
  fill(): Promise<DemoFacts>;
  /** Resolves if the database stops unexpectedly. */
  died: Promise<Error>;
  close(): Promise<void>;
}

export interface DemoOptions {
  /** The address to listen on. */
  host: string;
  log: Logger;
  /** Called with a text before each step that takes seconds. */
  onProgress: (text: string) => void;
}

/** Starts both servers. DATA_DIR must belong to the demo, because it is emptied. */
export async function startDemo(config: Config, { host, log, onProgress }: DemoOptions): Promise<Demo> {
  const port = await choosePort(config.port, host, "PORT");
  const simulatorPort = await choosePort(config.simulatorPort, host, "SIMULATOR_PORT");
  await clearFolder(config.dataDir);
  const slack = await startSimulator({
    port: simulatorPort,
    host,
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
  });
  // Not localhost: Slack hides link buttons whose host has no dot, and so does the simulator.
  const publicUrl = `http://127.0.0.1:${port}`;
  const page = tryPage();
  const own = { port, publicUrl, slackApiUrl: slack.apiUrl, databaseUrl: undefined };
  const extend = (app: App) => {
    app.addHook("onRequest", async (request) => {
      const refusal = foreignHost(request.headers.host, host);
      if (refusal) throw problem(421, refusal);
    });
    page.addTo(app);
  };
  const tocsin = await startTocsin({ ...config, ...own }, { log, host, extend });
  return {
    died: tocsin.died,
    async fill() {
      const facts = await setUp({ tocsin, slack, consoleUrl: publicUrl, onProgress });
      page.show(facts);
      return facts;
    },
    close: () => closeBoth(tocsin, slack),
  };
}

/** Closes Tocsin first, because it finishes its calls to Slack. */
async function closeBoth(tocsin: Tocsin, slack: Slack): Promise<void> {
  await tocsin.close();
  await slack.close();
}

const mark = "made-by-tocsin-demo";
const markText = "`tocsin demo` empties this folder each time it starts. Keep nothing in it.\n";

/**
 * Creates the demo's folder, or empties that of an earlier run, whose alerts would point to cards that the simulator has
 * lost. Throws if no demo created the folder, or if it is in use.
 */
export async function clearFolder(dataDir: string): Promise<void> {
  await mkdir(resolve(dataDir), { recursive: true });
  const names = await readdir(dataDir);
  if (names.length > 0 && !names.includes(mark)) {
    throw new Error(
      `DATA_DIR=${dataDir} has files that no demo created, and a demo would delete them. Choose another folder.`,
    );
  }
  const owner = await ownerOf(dataDir);
  if (owner)
    throw new Error(`A demo is running in ${dataDir} (process ${owner.pid ?? "unknown"}). Stop it first.`);
  if (names.includes("postgres")) await stopLeftovers(join(dataDir, "postgres"));
  await writeFile(join(dataDir, mark), markText);
  const others = names.filter((name) => name !== mark && name !== claimFile);
  await Promise.all(others.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}
