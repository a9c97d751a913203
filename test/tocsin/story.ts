import { createSecretKey, randomBytes } from "node:crypto";
import { pino } from "pino";
import { startSimulator } from "../../simulator/start.ts";
import { permissions } from "../../src/alert/permission.ts";
import { isRefusal } from "../../src/alert/refusal.ts";
import { readConfig } from "../../src/config.ts";
import { logFault } from "../../src/db/fault.ts";
import { transaction } from "../../src/db/transaction.ts";
import type { Resolve } from "../../src/deliver/events/addresses/usable-addresses.ts";
import { startTocsin } from "../../src/main.ts";
import { type Pace, usualPace } from "../../src/pace.ts";
import { commandLine } from "../../src/people/principal.ts";
import { createToken } from "../../src/people/tokens.ts";
import { borrowDatabase, type LentDatabase } from "../lent-database.ts";

/** A response of the API. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: stories read any body, and fail on a missing field.
  body: any;
  headers: Headers;
}

type Api = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
) => Promise<Answer>;

/** Tocsin and the simulator, set up for ACME: Ada and Grace are analysts, #security is a destination. */
export interface Story {
  slack: Awaited<ReturnType<typeof startSimulator>>;
  tocsin: Awaited<ReturnType<typeof startTocsin>>;
  /** Calls the API with every permission. */
  api: Api;
  source: { id: string; url: string; key: string };
  destination: { id: string };
  users: Record<"ada" | "grace", { id: string; email: string; setPasswordUrl: string }>;
  origin: string;
  /** For another process. */
  databaseUrl: string;
  /** The time in Tocsin, its database and the simulator. */
  now: () => Date;
  /**
   * Waits until Tocsin is idle, moves the clocks of Tocsin, its database and the simulator forward, as by
   * "61 minutes", and wakes the workers.
   */
  pass: (duration: `${number} ${Unit}`) => Promise<void>;
  /** Sends reports to the source, as its tool would. */
  send: (report: object | object[]) => Promise<Answer>;
  close: () => Promise<void>;
}

const unitMs = {
  second: 1000,
  seconds: 1000,
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
} as const;
type Unit = keyof typeof unitMs;

/** Long leases, which a slow machine does not end in a story that is not about leases. */
const longLeases = { ...usualPace, lineLease: 60, jobLease: 60 };
/** The pace for a simulator without rate limits. */
const fastPace = { ...longLeases, message: 0.02, poll: 1 };
/** The pace of a storm five times as fast as in Slack. */
const fivefoldPace = { ...longLeases, message: 0.22, digestMerge: 0.6, digestCheck: 0.6 };
const paces = { none: fastPace, "Slack's": longLeases, fivefold: fivefoldPace };

interface Options {
  /** The simulator enforces Slack's rate limits, and Tocsin keeps to them; `fivefold`: a channel takes five messages a second. */
  rateLimits?: "Slack's" | "fivefold";
  pace?: Partial<Pace>;
  env?: Record<string, string>;
  transport?: "http" | "socket";
  resolve?: Resolve;
  doubles?: Record<string, string>;
  /** Where Tocsin reaches the simulator, and where it listens, if something stands in front of it. */
  slackBehind?: { origin: string; port: number };
  /** Its database; one of the test run's PostgreSQL otherwise. */
  database?: LentDatabase;
  /** Where Tocsin listens, if its address has to be known before; a free port otherwise. */
  port?: number;
  /** Called with every log entry. */
  log?: (entry: string) => void;
  /** An Enterprise organisation of two workspaces, with the app installed in one of them or for all. */
  organisation?: "one workspace" | "org-wide";
}

export async function startStory(options: Options = {}): Promise<Story> {
  const bare = await startBareStory(options);
  const { slack, api, origin } = bare;
  if (options.transport === "socket") await slack.ask("setApp", { socketMode: true });
  const channel = options.organisation === "org-wide" ? "C0SECURITY1" : "#security";
  const setup = await setUp(api, slack.app, { mode: options.transport ?? "http", channel });
  return {
    ...bare,
    ...setup,
    send: (report) => sendTo(setup.source, report, origin),
  };
}

/** Sends reports to a source, as its tool would. */
export function sendTo({ url, key }: Story["source"], report: object | object[], origin: string) {
  return post(url.replace("https://tocsin.acme.example", origin), key, report);
}

/** Tocsin before its setup; with `withApp: false` the simulator has no Slack app either. */
export type BareStory = Pick<
  Story,
  "slack" | "tocsin" | "api" | "origin" | "databaseUrl" | "now" | "pass" | "close"
>;

export async function startBareStory(options: Options & { withApp?: boolean } = {}): Promise<BareStory> {
  const database = options.database ?? (await borrowDatabase({ connections: 3 }));
  let aheadMs = 0;
  const slack = await startSimulator({
    port: 0,
    now: () => Date.now() + aheadMs,
    rateLimits: options.rateLimits !== undefined,
    // Slack waits 3 s, which would fail stories on a slow machine. Tocsin's own deadline is far below both.
    patienceMs: 30_000,
    postEveryMs: options.rateLimits === "fivefold" ? 200 : 1000,
    withApp: options.withApp ?? true,
    ...(options.slackBehind && { publicOrigin: options.slackBehind.origin, port: options.slackBehind.port }),
    ...(options.organisation && {
      shape: "organisation" as const,
      installedFor: options.organisation === "org-wide" ? ("organisation" as const) : ("workspace" as const),
    }),
  });
  const settings = {
    ...readConfig({ SLACK_API_URL: slack.apiUrl, PUBLIC_URL: "https://tocsin.acme.example", ...options.env }),
    port: options.port ?? 0,
    databaseUrl: database.url,
  };
  const config = { ...settings, secretKey: settings.secretKey ?? createSecretKey(randomBytes(32)) };
  const tocsin = await startTocsin(config, {
    log: options.log
      ? pino({ level: "trace", serializers: { err: logFault } }, { write: options.log })
      : pino({ level: "error" }),
    host: "127.0.0.1",
    db: database.db,
    clock: () => new Date(Date.now() + aheadMs),
    pace: { ...paces[options.rateLimits ?? "none"], ...options.pace },
    ...(options.resolve && { resolve: options.resolve }),
    ...(options.doubles && { doubles: options.doubles }),
  });
  const origin = `http://127.0.0.1:${tocsin.port}`;
  slack.watch(tocsin);
  if (options.withApp ?? true) slack.setRequestUrl(`${origin}/slack/events`);
  return {
    slack,
    tocsin,
    api: caller(origin, await createFullToken(tocsin.db)),
    origin,
    databaseUrl: database.url,
    now: () => new Date(Date.now() + aheadMs),
    async pass(duration) {
      const [count, unit] = duration.split(" ");
      await tocsin.idle();
      aheadMs += Number(count) * unitMs[unit as Unit];
      await database.moveClock(aheadMs);
      tocsin.wake();
    },
    async close() {
      await tocsin.close();
      await slack.close();
      await database.giveBack();
    },
  };
}

/** Creates an API token with all permissions. */
export async function createFullToken(db: Story["tocsin"]["db"]): Promise<string> {
  const token = await transaction(db, (tx) =>
    createToken(tx, commandLine, {
      name: "Story",
      permissions: [...permissions],
      cidrs: [],
      expiresAt: null,
      now: new Date(),
    }),
  );
  if (isRefusal(token)) throw new Error(token.why);
  return token.secret;
}

function caller(origin: string, token: string): Api {
  return async (method, path, body) => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return read(response);
  };
}

async function post(url: string, key: string, body: object): Promise<Answer> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  return read(await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json");
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
}

async function setUp(
  api: Api,
  app: Story["slack"]["app"],
  { mode, channel }: { mode: "http" | "socket"; channel: string },
) {
  const { botToken, clientId, clientSecret, signingSecret, appToken } = app;
  const receiving = mode === "http" ? { signingSecret } : { appToken };
  await created(api("PUT", "/slack/app", { mode, botToken, clientId, clientSecret, ...receiving }));
  const destination = await created(
    api("POST", "/destinations", {
      type: "slack-bot",
      displayName: "Security",
      channel,
      severities: ["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"],
      alertTypes: ["RULE", "SYSTEM_ERROR"],
      logTypes: [],
      timezone: "Europe/Berlin",
    }),
  );
  const source = await created(api("POST", "/sources", { kind: "native", name: "Okta" }));
  const ada = await created(
    api("POST", "/users", { email: "ada@acme.example", name: "Ada", role: "Analyst" }),
  );
  const grace = await created(
    api("POST", "/users", { email: "grace@acme.example", name: "Grace", role: "Analyst" }),
  );
  return { destination, source, users: { ada, grace } };
}

/** The body of a response; throws unless the request succeeded. */
export async function created(answer: Promise<Answer>) {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Switches the thread mirror on: adds its scopes and events to the Slack app, and enables it in Tocsin. */
export async function mirrorThreads({ slack, api }: Pick<Story, "slack" | "api">): Promise<void> {
  const { scopes } = await slack.ask("setApp", {});
  await slack.ask("setApp", {
    scopes: [...scopes, "channels:history", "groups:history"],
    events: ["app_mention", "message.channels", "message.groups", "channel_archive"],
  });
  await created(api("PUT", "/slack/app", { mode: "http", threadMirror: true }));
}
