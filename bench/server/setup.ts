import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export type Api = (method: string, path: string, body?: object) => Promise<unknown>;

/** The source to report to, and the channel of each log type. */
export interface BenchSetup {
  ingestUrl: string;
  ingestPath: string;
  key: string;
  /** An API token with all permissions. */
  token: string;
  channels: { id: string; name: string; logType: string }[];
}

interface Slack {
  origin: string;
  apiUrl: string;
  app: { botToken: string; signingSecret: string };
}

interface Wanted {
  origin: string;
  slack: Slack;
  env: Record<string, string>;
  /** The number of channels. */
  count: number;
  /** An API token with all permissions; by default the command line makes one, in a new process. */
  token?: string;
}

/** Creates `count` channels, each with a destination that takes one log type, and a source, through the API. */
export async function setUp(
  root: string,
  { origin, slack, env, count, ...given }: Wanted,
): Promise<BenchSetup & { api: Api }> {
  const token = given.token ?? (await makeToken(root, env));
  // biome-ignore lint/suspicious/noExplicitAny: each endpoint has another body, which the caller knows.
  const api = async (method: string, path: string, body?: object): Promise<any> => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  await api("PUT", "/slack/app", {
    mode: "http",
    botToken: slack.app.botToken,
    signingSecret: slack.app.signingSecret,
  });
  const channels: BenchSetup["channels"] = [];
  for (let n = 0; n < count; n++) {
    const channel = await callControlApi(slack.origin, "addChannel", { name: `load-${n}` });
    const logType = `Load.${n}`;
    await api("POST", "/destinations", {
      type: "slack-bot",
      displayName: `Load ${n}`,
      channel: channel.id,
      severities: ["MEDIUM", "HIGH", "CRITICAL"],
      alertTypes: ["RULE"],
      logTypes: [logType],
      timezone: "UTC",
    });
    channels.push({ ...channel, logType });
  }
  const rateLimit = { perSecond: 1_000_000, burst: 10_000_000 };
  const source = await api("POST", "/sources", { kind: "native", name: "Load", rateLimit });
  const ingestPath = `/api/v1/ingest/${source.id}`;
  return { ingestUrl: origin + ingestPath, ingestPath, key: source.key, token, channels, api };
}

export async function makeToken(root: string, env: Record<string, string>): Promise<string> {
  const args = ["cli/tocsin.js", "token", "create", "--name", "Load", "--permissions", "all"];
  const { stdout } = await run(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
  });
  const token = /tcn_[\w-]+/.exec(stdout)?.[0];
  if (!token) throw new Error(`There is no token in the output: ${stdout}`);
  return token;
}

/** Calls the simulator's control API. */
// biome-ignore lint/suspicious/noExplicitAny: each call has another result, which the caller knows.
export async function callControlApi(origin: string, verb: string, input: object): Promise<any> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${origin}/_control/${verb}`, {
    method: "POST",
    headers,
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`${verb}: ${await answer.text()}`);
  return answer.json();
}
