import { createSecretKey, randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { pino } from "pino";
import { type SimulatorOptions, startSimulator } from "../../simulator/start.ts";
import { readConfig } from "../../src/config.ts";
import { startTocsin } from "../../src/main.ts";
import { borrowDatabase } from "../lent-database.ts";

export type EmptyTocsin = Awaited<ReturnType<typeof startEmptyTocsin>>;

/** Starts Tocsin before its setup, beside a simulator without a Slack app. */
export async function startEmptyTocsin(options: SimulatorOptions = {}) {
  const database = await borrowDatabase({ connections: 3 });
  const slack = await startSimulator({ rateLimits: false, withApp: false, ...options });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = {
    ...readConfig({ SLACK_API_URL: slack.apiUrl, PUBLIC_URL: origin }),
    port,
    databaseUrl: database.url,
    secretKey: createSecretKey(randomBytes(32)),
  };
  const tocsin = await startTocsin(config, {
    log: pino({ level: "error" }),
    host: "127.0.0.1",
    db: database.db,
  });
  return {
    slack,
    origin,
    /** The address that the first start prints. */
    firstStartUrl: tocsin.firstStartUrl ?? "",
    async close() {
      await tocsin.close();
      await slack.close();
      await database.giveBack();
    },
  };
}

/** The manifest contains Tocsin's address, so the port has to be known before Tocsin starts. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
