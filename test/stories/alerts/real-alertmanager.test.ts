import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../temporary-folder.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const name = "prometheus-alertmanager";
/** `test/alertmanager.sh` unpacks it here where it is not installed. */
const unpacked = join(import.meta.dirname, "../../../node_modules/.cache/alertmanager/usr");
const program = findProgram();
const title = `a real Alertmanager${program ? "" : ` (skipped: there is none that starts; Debian: ${name})`}`;

/** The command that starts it; null if there is none. */
function findProgram(): [string, ...string[]] | null {
  const installed = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  const found = installed.find((path) => existsSync(path));
  if (found) return [found];
  // Debian's looks for its templates in /usr/share, so the unpacked one needs its own there, in a namespace of its own.
  const asRoot = process.getuid?.() === 0 ? [] : ["--map-root-user"];
  const script = `mount --bind "$0/share" /usr/share && exec "$0/bin/${name}" "$@"`;
  const inNamespace = [...asRoot, "--mount", "sh", "-ec", script, unpacked];
  return spawnSync("unshare", [...inNamespace, "--version"]).status === 0
    ? ["unshare", ...inNamespace]
    : null;
}

interface Source {
  url: string;
  key: string;
}

describe.skipIf(!program)(title, () => {
  let story: Story;
  let folder: string;
  let port: number;
  let running: ChildProcess;
  let webhook: Source;
  let slack: Source;

  beforeAll(async () => {
    story = await startStory();
    webhook = await created(story.api("POST", "/sources", { kind: "alertmanager", name: "Prometheus" }));
    slack = await created(story.api("POST", "/sources", { kind: "slack-webhook", name: "Slack receiver" }));
    folder = await temporaryFolder();
    port = await freePort();
    await configure({ groupBy: "alertname" });
    await start();
  });
  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true });
    await story.close();
  });

  /** Repeats each group about twice a second. The Slack receiver gets each alert in a message of its own. */
  async function configure({ groupBy }: { groupBy: string }): Promise<void> {
    const address = ({ url }: Source) => `${story.origin}${new URL(url).pathname}`;
    const route = (receiver: string, by: string) => ({
      receiver,
      group_by: [by],
      group_wait: "50ms",
      group_interval: "200ms",
      repeat_interval: "500ms",
    });
    const config = {
      route: {
        ...route("webhook", groupBy),
        routes: [
          { ...route("slack", "host"), continue: true },
          { ...route("webhook", groupBy), continue: true },
        ],
      },
      receivers: [
        {
          name: "webhook",
          webhook_configs: [
            {
              url: address(webhook),
              http_config: { authorization: { type: "Bearer", credentials: webhook.key } },
            },
          ],
        },
        {
          name: "slack",
          slack_configs: [
            { api_url: `${address(slack)}?key=${slack.key}`, channel: "#security", send_resolved: true },
          ],
        },
      ],
    };
    // JSON is YAML, too.
    await writeFile(join(folder, "alertmanager.yml"), JSON.stringify(config));
  }

  async function start(): Promise<void> {
    const flags = [
      `--config.file=${join(folder, "alertmanager.yml")}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
      "--log.level=error",
    ];
    const [command = "", ...first] = program ?? [];
    running = spawn(command, [...first, ...flags], { stdio: "inherit" });
    const isReady = () =>
      fetch(`http://127.0.0.1:${port}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await vi.waitUntil(isReady, { timeout: 30_000 });
  }

  async function stop(): Promise<void> {
    running.kill("SIGTERM");
    if (running.exitCode === null) await once(running, "exit");
  }

  /** Reports alerts as Prometheus does. */
  async function fire(hosts: string[], { ends = false, labels = {} } = {}): Promise<void> {
    const at = new Date(startedAt).toISOString();
    const alerts = hosts.map((host) => ({
      labels: { alertname: "DiskFull", severity: "critical", host, ...labels },
      annotations: { summary: `The disk of ${host} is full` },
      startsAt: at,
      endsAt: new Date(ends ? Date.now() : Date.now() + 3_600_000).toISOString(),
    }));
    const answer = await fetch(`http://127.0.0.1:${port}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(alerts),
    });
    expect(answer.status).toBe(200);
  }
  const startedAt = Date.now() - 60_000;

  async function alertsOf(source: string) {
    const { body } = await story.api("GET", "/alerts?status=OPEN,RESOLVED&sort=createdAt");
    const all: { title: string; status: string; eventCount: number; source: { name: string } }[] =
      body.results;
    return all.filter((alert) => alert.source.name === source);
  }
  const statesOf = async (source: string) =>
    (await alertsOf(source)).map(({ title: name, status }) => `${name}: ${status}`).sort();
  /** Waits until each alert that is open was reported again. */
  async function repeated(source: string): Promise<void> {
    const counts = async () => {
      const open = (await alertsOf(source)).filter(({ status }) => status === "OPEN");
      return open.map(({ eventCount }) => eventCount);
    };
    const before = await counts();
    await expect.poll(async () => (await counts()).every((count, n) => count > (before[n] ?? 0))).toBe(true);
  }

  const both = ["Prometheus", "Slack receiver"];
  const disk = (host: string, status: string) => `The disk of ${host} is full: ${status}`;
  const message = (host: string, status: string) => `${host} (DiskFull critical): ${status}`;

  test("each alert of a group is one alert, however often it is repeated", async () => {
    await fire(["db1", "db2"]);
    await expect.poll(() => statesOf("Prometheus")).toEqual([disk("db1", "OPEN"), disk("db2", "OPEN")]);
    await expect.poll(() => statesOf("Slack receiver")).toHaveLength(2);
    for (const source of both) await repeated(source);
    for (const source of both) expect(await statesOf(source)).toHaveLength(2);
    await story.slack.channel("#security").expectCard("The disk of db1 is full");
  });

  test("a resolved one ends its alert, and the others of its group stay open", async () => {
    await fire(["db1"], { ends: true });
    await expect.poll(() => statesOf("Prometheus")).toEqual([disk("db1", "RESOLVED"), disk("db2", "OPEN")]);
    await expect
      .poll(() => statesOf("Slack receiver"))
      .toEqual([message("db1", "RESOLVED"), message("db2", "OPEN")]);
  });

  test("a restart, and a configuration that groups by another label, open nothing new", async () => {
    await stop();
    await start();
    // Prometheus reports all that fires about once a minute.
    await fire(["db2"]);
    for (const source of both) await repeated(source);
    await configure({ groupBy: "host" });
    expect((await fetch(`http://127.0.0.1:${port}/-/reload`, { method: "POST" })).status).toBe(200);
    for (const source of both) await repeated(source);
    for (const source of both) expect(await statesOf(source)).toHaveLength(2);
  });

  test("an alert with another label is another alert, and the old one ends by itself", async () => {
    await fire(["db2"], { labels: { region: "eu" } });
    await fire(["db2"], { ends: true });
    await expect
      .poll(() => statesOf("Prometheus"))
      .toEqual([disk("db1", "RESOLVED"), disk("db2", "OPEN"), disk("db2", "RESOLVED")]);
    await repeated("Prometheus");
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
