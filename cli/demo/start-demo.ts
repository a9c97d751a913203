import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Logger } from "pino";
import { startSimulator } from "../../simulator/start.ts";
import type { Slack } from "../../simulator/story/story.ts";
import type { Config } from "../../src/config.ts";
import { ownerOf } from "../../src/db/embedded/claim.ts";
import { stopLeftovers } from "../../src/db/embedded/end-leftovers.ts";
import { startTocsin, type Tocsin } from "../../src/main.ts";
import { choosePort } from "../process.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { setUp } from "./setup.ts";
import { tryPage } from "./try-page.ts";

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

const mark = "made-by-tocsin-demo";
const markText = "`tocsin demo` empties this folder each time it starts. Keep nothing in it.\n";

/**
 * Makes the demo's folder, or empties the one of an earlier run: the pretend Slack forgets everything when it
 * stops, and old alerts would point to cards that are gone. Throws if the folder isn't a demo's, or is in use.
 */
export async function clearFolder(dataDir: string): Promise<void> {
  await mkdir(resolve(dataDir), { recursive: true });
  const names = await readdir(dataDir);
  if (names.length > 0 && !names.includes(mark)) {
    throw new Error(
      `DATA_DIR=${dataDir} holds something that is not a demo's, which would empty it. Choose another.`,
    );
  }
  const owner = await ownerOf(dataDir);
  if (owner)
    throw new Error(`A demo is running in ${dataDir}, as process ${owner.pid ?? "unknown"}: stop it first.`);
  if (names.includes("postgres")) await stopLeftovers(join(dataDir, "postgres"));
  await writeFile(join(dataDir, mark), markText);
  const others = names.filter((name) => name !== mark);
  await Promise.all(others.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}
