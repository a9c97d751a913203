import { type Figure, median } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { hasAlertmanager, notifiesNobody, startAlertmanager } from "../peer/alertmanager.ts";
import { type Endpoint, sendRequests } from "../server/send-requests.ts";

const connections = 32;
const turns = 7;
const millisecondsEach = 2000;
const filler = "x".repeat(1800);
const detection = { id: "Okta.NewCountry" };

/**
 * Reports of 2 KB, one per request, over 32 connections to `tocsin serve`, each a new alert with its event, history and
 * delivery on disk before the answer. In turns with Alertmanager, which keeps what it accepts in memory. Only accepting
 * is measured: Alertmanager notifies nobody, and Tocsin's channel is archived, so its deliveries wait.
 */
export async function acceptHttp(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 1, channels: 1, rateLimits: true });
  const peer = hasAlertmanager ? await startAlertmanager(notifiesNobody) : null;
  try {
    await fleet.slack.ask("setChannel", { channel: fleet.setup.channels[0]?.id ?? "", archived: true });
    const tocsin = () => rate(tocsinEndpoint(fleet), () => report(fleet));
    const alertmanager = peer && (() => rate(alertmanagerEndpoint(peer.origin), alert));
    const rates: { tocsin: number[]; alertmanager: number[] } = { tocsin: [], alertmanager: [] };
    // The first turn is not measured.
    for (let turn = 0; turn <= turns; turn++) {
      const before = await countRows(fleet);
      const { done, perSecond } = await tocsin();
      const stored = (await countRows(fleet)) - before;
      if (stored !== 4 * done) throw new Error(`${done} reports acknowledged, ${stored} rows`);
      const other = await alertmanager?.();
      if (turn === 0) continue;
      rates.tocsin.push(perSecond);
      if (other) rates.alertmanager.push(other.perSecond);
    }
    return figures(rates);
  } finally {
    await peer?.close();
    await fleet.close();
  }
}

function figures({ tocsin, alertmanager }: { tocsin: number[]; alertmanager: number[] }): Figure[] {
  const accepted = { name: "reports accepted over HTTP per second", unit: "1/s", values: tocsin };
  if (alertmanager.length === 0) return [accepted];
  const ratios = tocsin.map((value, at) => value / (alertmanager[at] ?? 1));
  return [
    accepted,
    { name: "alerts accepted by Alertmanager per second", unit: "1/s", values: alertmanager },
    {
      name: "reports accepted over HTTP, relative to Alertmanager",
      unit: "ratio",
      values: ratios,
      goal: "at least 0.5",
      met: median(ratios) >= 0.5,
    },
  ];
}

const rate = (endpoint: Endpoint, body: () => string) =>
  sendRequests(endpoint, { connections, milliseconds: millisecondsEach, body });

function tocsinEndpoint({ origins: [origin = ""], setup }: Fleet): Endpoint {
  return { origin, path: setup.ingestPath, headers: { "x-api-key": setup.key } };
}

function alertmanagerEndpoint(origin: string): Endpoint {
  return { origin, path: "/api/v2/alerts", headers: {} };
}

let count = 0;

function report({ setup }: Fleet): string {
  const title = `Sign-in from a new country ${count++}`;
  const logTypes = [setup.channels[0]?.logType];
  return JSON.stringify({ title, severity: "MEDIUM", detection, logTypes, context: { filler } });
}

function alert(): string {
  const alertname = `Sign-in from a new country ${count++}`;
  return JSON.stringify([{ labels: { alertname, severity: "medium" }, annotations: { filler } }]);
}

/** The rows of the reported alerts: alerts, events, first history entries, deliveries. */
async function countRows({ postgres }: Fleet): Promise<number> {
  const [row] = await postgres.query<{ rows: string }>(
    `with reported as (select id from alerts where detection_id = $1)
    select (select count(*) from reported) + (select count(*) from alert_samples where alert_id in (table reported))
      + (select count(*) from history where kind = 'opened' and alert_id in (table reported))
      + (select count(*) from deliveries where alert_id in (table reported)) as rows`,
    [detection.id],
  );
  return Number(row?.rows);
}
