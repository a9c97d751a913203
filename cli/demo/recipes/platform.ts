import { createHash } from "node:crypto";
import type { ToolReport } from "../planned.ts";
import type { Occurrence, Recipe } from "./recipe.ts";

export const diskFull: Recipe = {
  severity: "MEDIUM",
  perWeek: 4,
  maxEvents: 6,
  endings: [],
  makeReport: (occurrence) => {
    const instance = occurrence.pick(["log-1:9100", "log-2:9100", "ci-3:9100"]);
    return alertmanager(occurrence, {
      labels: { alertname: "HostOutOfDiskSpace", severity: "warning", instance, mountpoint: "/var" },
      summary: `/var of ${instance} is almost full`,
      description: `Less than ${occurrence.integer(4, 9)} % is free. The audit log stops when the disk is full.`,
      runbook: "host-out-of-disk-space",
    });
  },
};

export const certificateExpires: Recipe = {
  severity: "LOW",
  perWeek: 3,
  maxEvents: 3,
  endings: [["TRUE_POSITIVE", "Renewed; the ACME client could not reach its DNS"]],
  makeReport: (occurrence) => {
    const host = occurrence.pick(["login.acme.example", "api.acme.example", "vpn.acme.example"]);
    return alertmanager(occurrence, {
      labels: { alertname: "CertificateExpires", severity: "low", instance: host, log_type: "Blackbox" },
      summary: `The certificate of ${host} expires in ${occurrence.integer(3, 12)} days`,
      description: "It should have been renewed 30 days before it expires.",
      runbook: "certificate-expires",
    });
  },
};

export const logsMissing: Recipe = {
  severity: "HIGH",
  perWeek: 2,
  maxEvents: 4,
  endings: [],
  makeReport: (occurrence) => {
    const source = occurrence.pick(["okta-system-log", "cloudtrail", "endpoint"]);
    return alertmanager(occurrence, {
      labels: { alertname: "LogSourceSilent", severity: "error", source },
      summary: `No logs from ${source} for 30 minutes`,
      description: "Detections on this source find nothing in the meantime.",
      runbook: "log-source-silent",
    });
  },
};

export const crashLoop: Recipe = {
  severity: "LOW",
  perWeek: 4,
  maxEvents: 8,
  endings: [],
  makeReport: (occurrence) => {
    const pod = occurrence.pick(["falco-x7k2p", "oauth-proxy-5d9c4", "vault-agent-9fj3m"]);
    return alertmanager(occurrence, {
      labels: { alertname: "KubePodCrashLooping", severity: "low", namespace: "security", pod },
      summary: `Pod security/${pod} keeps restarting`,
      description: `${occurrence.integer(4, 19)} restarts in the last 15 minutes.`,
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

/** What Alertmanager's webhook posts for one alert, and what it posts when that is resolved. */
function alertmanager({ at }: Occurrence, { labels, summary, description, runbook }: Firing): ToolReport {
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
  return { kind: "alertmanager", body: envelope("firing"), resolvedBody: envelope("resolved") };
}
