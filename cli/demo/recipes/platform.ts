import { createHash } from "node:crypto";
import type { Told } from "../planned.ts";
import type { Recipe, Turn } from "./recipe.ts";

export const diskFull: Recipe = {
  severity: "MEDIUM",
  timesAWeek: 4,
  mostEvents: 6,
  endings: [],
  tell: (turn) => {
    const instance = turn.one(["log-1:9100", "log-2:9100", "ci-3:9100"]);
    return alertmanager(turn, {
      labels: { alertname: "HostOutOfDiskSpace", severity: "warning", instance, mountpoint: "/var" },
      summary: `/var of ${instance} is almost full`,
      description: `Less than ${turn.whole(4, 9)} % are left. The audit log stops when there is nothing left.`,
      runbook: "host-out-of-disk-space",
    });
  },
};

export const certificateExpires: Recipe = {
  severity: "LOW",
  timesAWeek: 3,
  mostEvents: 3,
  endings: [["RESOLVED", "Renewed; the ACME client could not reach its DNS"]],
  tell: (turn) => {
    const host = turn.one(["login.acme.example", "api.acme.example", "vpn.acme.example"]);
    return alertmanager(turn, {
      labels: { alertname: "CertificateExpires", severity: "low", instance: host, log_type: "Blackbox" },
      summary: `The certificate of ${host} expires in ${turn.whole(3, 12)} days`,
      description: "It should have been renewed 30 days before its end.",
      runbook: "certificate-expires",
    });
  },
};

export const logsMissing: Recipe = {
  severity: "HIGH",
  timesAWeek: 2,
  mostEvents: 4,
  endings: [],
  tell: (turn) => {
    const source = turn.one(["okta-system-log", "cloudtrail", "endpoint"]);
    return alertmanager(turn, {
      labels: { alertname: "LogSourceSilent", severity: "error", source },
      summary: `No logs from ${source} for 30 minutes`,
      description: "Detections that read this source see nothing meanwhile.",
      runbook: "log-source-silent",
    });
  },
};

export const crashLoop: Recipe = {
  severity: "LOW",
  timesAWeek: 4,
  mostEvents: 8,
  endings: [],
  tell: (turn) => {
    const pod = turn.one(["falco-x7k2p", "oauth-proxy-5d9c4", "vault-agent-9fj3m"]);
    return alertmanager(turn, {
      labels: { alertname: "KubePodCrashLooping", severity: "low", namespace: "security", pod },
      summary: `Pod security/${pod} restarts again and again`,
      description: `${turn.whole(4, 19)} restarts in the last 15 minutes.`,
      runbook: "kube-pod-crash-looping",
    });
  },
};

interface Firing {
  labels: { alertname: string } & Record<string, string>;
  summary: string;
  description: string;
  runbook: string;
}

/** What Alertmanager's webhook posts for one alert, and what it posts once that is over. */
function alertmanager({ at }: Turn, { labels, summary, description, runbook }: Firing): Told {
  const alert = {
    labels,
    annotations: { summary, description, runbook_url: `https://runbooks.acme.example/${runbook}` },
    startsAt: at.toISOString(),
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "https://prometheus.acme.example/graph",
    fingerprint: createHash("sha256").update(JSON.stringify(labels)).digest("hex").slice(0, 16),
  };
  const envelope = (status: "firing" | "resolved") => ({
    version: "4",
    status,
    receiver: "tocsin",
    groupLabels: { alertname: labels.alertname },
    externalURL: "https://alertmanager.acme.example",
    alerts: [{ ...alert, status }],
  });
  return { kind: "alertmanager", body: envelope("firing"), over: envelope("resolved") };
}
