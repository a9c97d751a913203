import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Slack } from "../../simulator/story/story.ts";
import { freePort } from "../server/free-port.ts";
import { runChild } from "../server/run-child.ts";

/** The path in Debian's package `prometheus-alertmanager`. Without it, there are no figures of the peer. */
const binary = process.env.ALERTMANAGER ?? "/usr/bin/prometheus-alertmanager";
export const hasAlertmanager = existsSync(binary);

export interface Alertmanager {
  origin: string;
  /** Sends alerts with these names, with `resolved` as resolved. */
  send(names: readonly string[], options?: { resolved: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** Accepts alerts and notifies nobody. */
export const notifiesNobody = `
route: {receiver: nobody}
receivers: [{name: nobody}]
`;

/**
 * Posts each alert separately in one channel of the simulator. `group_by: ["..."]` posts a message for each alert, as
 * Tocsin does. Its groups correspond to digests.
 */
export const postsInto = (slack: Slack, channel: string) => `
route: {receiver: slack, group_by: ["..."], group_wait: 0s, group_interval: 1s, repeat_interval: 4h}
receivers:
  - name: slack
    slack_configs:
      - api_url: ${slack.apiUrl}chat.postMessage
        channel: "${channel}"
        send_resolved: true
        title: "{{ .CommonLabels.alertname }} {{ .Status }}"
        text: ""
        http_config: {authorization: {credentials: ${slack.app.botToken}}}
`;

export async function startAlertmanager(config: string): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), "alertmanager-"));
  const file = join(folder, "alertmanager.yml");
  await writeFile(file, config);
  const port = await freePort();
  const args = [`--config.file=${file}`, `--storage.path=${folder}`, "--cluster.listen-address="];
  const child = runChild(binary, [...args, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(`${origin}/-/ready`);
  return {
    origin,
    async send(names, { resolved } = { resolved: false }) {
      const startsAt = new Date(Date.now() - 60_000).toISOString();
      const alerts = names.map((alertname) => ({
        labels: { alertname, severity: "high" },
        startsAt,
        ...(resolved && { endsAt: new Date().toISOString() }),
      }));
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${origin}/api/v2/alerts`, {
        method: "POST",
        headers,
        body: JSON.stringify(alerts),
      });
      if (!answer.ok) throw new Error(`Alertmanager: ${answer.status} ${await answer.text()}`);
    },
    async close() {
      await end(child);
      await rm(folder, { recursive: true });
    },
  };
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(25);
  }
  throw new Error("Alertmanager did not start.");
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await exited;
}
