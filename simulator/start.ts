import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fastify from "fastify";
import { type AcmeOptions, acme } from "./acme/acme.ts";
import { serveYourApps } from "./apps/pages/serve-your-apps.ts";
import { serveResponseUrls } from "./callbacks/response-url.ts";
import { serveSockets } from "./callbacks/serve-sockets.ts";
import { makeSockets } from "./callbacks/sockets.ts";
import { makeChangeFeed } from "./change-feed.ts";
import { populate } from "./config/populate.ts";
import type { Config } from "./config/read-config.ts";
import { serveControl } from "./control/serve.ts";
import { foreignHost } from "./refuse-foreign-hosts.ts";
import { servePage } from "./serve-page.ts";
import type { Simulator } from "./simulator.ts";
import { type Slack, slackStory } from "./story/story.ts";
import { makeTraffic } from "./traffic/traffic.ts";
import { keepPosting } from "./web-api/chat/post-scheduled.ts";
import { serveUploads } from "./web-api/files/serve-uploads.ts";
import { makeRateLimiter } from "./web-api/gateway/rate-limiter.ts";
import { answerCutOff } from "./web-api/gateway/read-body.ts";
import { serveWebApi } from "./web-api/gateway/serve-web-api.ts";
import { makeWorld } from "./workspace/world.ts";

export type SimulatorOptions = Pick<AcmeOptions, "shape" | "withApp" | "installedFor" | "requestUrl"> & {
  /** The world to simulate instead of ACME, from a config file. */
  config?: Config | undefined;
  /** By default 0, which takes any free port. */
  port?: number;
  host?: string;
  /** Where apps reach it, if something stands in front, for example TLS: the addresses that it hands out begin so. */
  publicOrigin?: string;
  /** Whether Slack's rate limits apply; by default they do. */
  rateLimits?: boolean;
  /** The time between two messages in a channel, in milliseconds; by default Slack's second. */
  postEveryMs?: number;
  /** Returns milliseconds since 1970; for tests in which time must pass. */
  now?: () => number;
  /** The number of calls kept in the traffic log. */
  keptCalls?: number;
  /** The number of messages kept per channel. */
  keptMessages?: number;
  /** Delays before each retry of an event, in milliseconds; by default Slack's (almost none, 1 and 5 minutes). */
  eventRetriesMs?: number[];
  /** Waits for some milliseconds; for tests in which minutes must pass. */
  sleep?: (ms: number) => Promise<void>;
  /** How long an app may take to answer, and to open a dialog, in milliseconds; by default three seconds, as in Slack. */
  patienceMs?: number;
};

const bodyLimit = 4 * 1024 * 1024;

function makeSimulator(options: SimulatorOptions, stopping: AbortSignal): Simulator {
  const { now = Date.now, keptMessages = 50_000, patienceMs = 3000 } = options;
  const world = makeWorld({ now, keptMessages, patienceMs });
  if (options.config) populate(world, options.config);
  else acme(world, options);
  return {
    world,
    traffic: makeTraffic(options.keptCalls),
    changeFeed: makeChangeFeed(),
    rates: makeRateLimiter({ postEveryMs: options.postEveryMs ?? 1000 }),
    sockets: makeSockets(),
    faults: [],
    held: [],
    settings: {
      rateLimits: options.rateLimits ?? true,
      eventRetriesMs: options.eventRetriesMs ?? [100, 60_000, 300_000],
    },
    origin: "",
    sleep:
      options.sleep ??
      ((ms) => sleep(ms, undefined, { ref: false, signal: stopping }).catch(() => undefined)),
    stopping,
  };
}

/** Starts a simulator. Resolves, once it listens, to the object through which stories use it. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Slack> {
  const stopping = new AbortController();
  const simulator = makeSimulator(options, stopping.signal);
  const server = fastify({ bodyLimit, forceCloseConnections: true, clientErrorHandler: answerCutOff });
  const host = options.host ?? "127.0.0.1";
  server.addHook("onRequest", async (request, reply) => {
    const refusal = foreignHost(request.headers.host, host);
    if (refusal) await reply.code(421).type("text/plain; charset=utf-8").send(refusal);
  });
  serveWebApi(server, simulator);
  serveResponseUrls(server, simulator);
  serveUploads(server, simulator);
  serveControl(server, simulator);
  serveYourApps(server, simulator);
  servePage(server);
  serveSockets(server.server, simulator);
  keepPosting(simulator);
  await server.listen({ host, port: options.port ?? 0 });
  const { port } = addressOf(server.server.address());
  const origin = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;
  simulator.origin = options.publicOrigin ?? origin;
  return slackStory(origin, async () => {
    stopping.abort();
    await server.close();
  });
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The simulator has no port");
  return address;
}

/** Lines of text for the developer of an app: the simulator's URLs, and the credentials of each app in it. */
export async function connectionDetails(slack: Slack): Promise<string[]> {
  const { teams } = await slack.ask("overview", {});
  const lines = [`The simulator: ${slack.pageUrl}`, `  SLACK_API_URL    ${slack.apiUrl}`];
  for (const { id, name } of teams) {
    const team = await slack.in(id);
    for (const app of (await team.ask("overview", {})).apps) {
      const { botToken, signingSecret } = await team.ask("credentials", { app: app.id });
      lines.push(
        `${app.name} in ${name}`,
        `  bot token        ${botToken}`,
        `  signing secret   ${signingSecret}`,
        `  request URL      ${app.requestUrl ?? "not set"}`,
      );
    }
  }
  return lines;
}
