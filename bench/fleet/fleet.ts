import { randomBytes } from "node:crypto";
import { z } from "zod";
import { startSimulator } from "../../simulator/start.ts";
import type { Slack } from "../../simulator/story/story.ts";
import { repositoryRoot } from "../repository-root.ts";
import { freePort } from "../server/free-port.ts";
import { type ServerProcess, serverProcess } from "../server/server-process.ts";
import { type Api, type BenchSetup, setUp } from "../server/setup.ts";
import { startBalancer } from "./balancer.ts";
import { type Postgres, startPooledPostgres, startPostgres } from "./postgres.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

/** Several nodes of Tocsin on one PostgreSQL, beside the simulator, with a source and some channels set up. */
export interface Fleet {
  slack: Slack;
  postgres: Postgres;
  /** Gets every alert that Slack gets, if `webhook` is set. */
  receiver: Receiver;
  webhookId: string;
  nodes: ServerProcess[];
  /** Where reports are sent: the address of each node, or that of the load balancer. */
  origins: string[];
  setup: BenchSetup;
  api: Api;
  /** Alerts with a card that was deleted in Slack. */
  deleted: Set<string>;
  close(): Promise<void>;
}

export interface FleetOptions {
  nodes: number;
  channels: number;
  rateLimits: boolean;
  webhook?: boolean;
  /** Reports come through the load balancer, as those of Slack, and the nodes reach their database through PgBouncer. */
  proxied?: boolean;
  /** The folder of the server's source, by default this checkout. */
  root?: string;
}

export async function startFleet({
  nodes: count,
  channels,
  rateLimits,
  webhook = false,
  proxied = false,
  root = repositoryRoot,
}: FleetOptions): Promise<Fleet> {
  const postgres = await (proxied ? startPooledPostgres() : startPostgres());
  const slack = await startSimulator({ rateLimits, keptCalls: 200_000 });
  const receiver = await startReceiver();
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const balancer = await startBalancer(ports);
  const env = {
    DATABASE_URL: postgres.url,
    SECRET_KEY: randomBytes(32).toString("base64"),
    SLACK_API_URL: slack.apiUrl,
    PUBLIC_URL: "https://tocsin.acme.example",
    WEBHOOK_ALLOW_PRIVATE: "127.0.0.1",
  };
  const nodes = ports.map((port) => serverProcess(root, { port, env }));
  const close = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    balancer.close();
    receiver.close();
    await slack.close();
    await postgres.close();
  };
  try {
    await Promise.all(nodes.map((node) => node.start()));
    const origins = proxied ? [balancer.origin] : ports.map((port) => `http://127.0.0.1:${port}`);
    await slack.setRequestUrl(`${balancer.origin}/slack/events`);
    const connection = { origin: balancer.origin, slack: { ...slack, origin: new URL(slack.apiUrl).origin } };
    const { api, ...setup } = await setUp(root, { ...connection, env, count: channels });
    const to = { url: receiver.url, logTypes: setup.channels.map(({ logType }) => logType) };
    const webhookId = webhook ? await addWebhook(api, to) : "";
    return { webhookId, slack, postgres, receiver, nodes, origins, setup, api, deleted: new Set(), close };
  } catch (fault) {
    for (const node of nodes) console.error(node.stderrTail());
    await close();
    throw fault;
  }
}

async function addWebhook(api: Api, to: { url: string; logTypes: string[] }): Promise<string> {
  const filters = { severities: ["HIGH"], alertTypes: ["RULE"], timezone: "UTC", ...to };
  const created = await api("POST", "/destinations", {
    type: "custom-webhook",
    displayName: "Receiver",
    ...filters,
  });
  return z.object({ id: z.string() }).parse(created).id;
}
