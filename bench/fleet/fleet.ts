import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { startSimulator } from "../../simulator/start.ts";
import type { Slack } from "../../simulator/story/story.ts";
import { freePort } from "../server/free-port.ts";
import { type ServerProcess, serverProcess } from "../server/server-process.ts";
import { type Api, type Arranged, setUp } from "../server/setup.ts";
import { startBalancer } from "./balancer.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

/** Several Tocsins on one PostgreSQL, beside a pretend Slack, with a source and some channels set up. */
export interface Fleet {
  slack: Slack;
  postgres: Postgres;
  /** Told of every alert that is reported, beside Slack, if `webhook` was asked for. */
  receiver: Receiver;
  webhookId: string;
  nodes: ServerProcess[];
  /** Where each node listens. */
  origins: string[];
  arranged: Arranged;
  api: Api;
  /** Alerts whose card somebody deleted in Slack. */
  deleted: Set<string>;
  close(): Promise<void>;
}

export interface FleetOptions {
  nodes: number;
  channels: number;
  rateLimits: boolean;
  webhook?: boolean;
  /** Where the source of the server lies; this checkout's unless told. */
  root?: string;
}

const ours = join(import.meta.dirname, "../..");

export async function startFleet({
  nodes: count,
  channels,
  rateLimits,
  webhook = false,
  root = ours,
}: FleetOptions): Promise<Fleet> {
  const postgres = await startPostgres();
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
    const origins = ports.map((port) => `http://127.0.0.1:${port}`);
    await slack.setRequestUrl(`${balancer.origin}/slack/events`);
    const place = { origin: balancer.origin, slack: { ...slack, origin: new URL(slack.apiUrl).origin } };
    const { api, ...arranged } = await setUp(root, { ...place, env, count: channels });
    const to = { url: receiver.url, logTypes: arranged.channels.map(({ logType }) => logType) };
    const webhookId = webhook ? await addWebhook(api, to) : "";
    return { webhookId, slack, postgres, receiver, nodes, origins, arranged, api, deleted: new Set(), close };
  } catch (fault) {
    for (const node of nodes) console.error(node.lastWords());
    await close();
    throw fault;
  }
}

async function addWebhook(api: Api, to: { url: string; logTypes: string[] }): Promise<string> {
  const takes = { severities: ["HIGH"], alertTypes: ["RULE"], timezone: "UTC", ...to };
  const made = await api("POST", "/destinations", {
    type: "custom-webhook",
    displayName: "Receiver",
    ...takes,
  });
  return z.object({ id: z.string() }).parse(made).id;
}
