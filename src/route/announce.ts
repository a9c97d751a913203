import { v7 as uuidv7 } from "uuid";
import type { Actor, Severity, Via } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";
import { questionsDue } from "../boomerang/automatic/due-questions.ts";
import type { IntakeTransaction, PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { type OpenedCard, readOpenedCards } from "../deliver/slack-bot/opened-card.ts";
import { append, appendFirst, openingEntries } from "../history/append.ts";
import { raise } from "../outbox/deliveries.ts";
import { type Claiming, open } from "../outbox/open-deliveries.ts";
import type { RunningSilence } from "../silence/decide-silence.ts";
import type { RoutableDestination } from "./choose-destinations.ts";
import {
  type AlertToRoute,
  type DetectionName,
  overrideName,
  type RoutingSettings,
  routeAlert,
  silencedRoute,
} from "./route-alert.ts";

/** The fields of an alert that routing and announcing need. */
interface AnnouncedAlert {
  id: string;
  number: number;
  source: { id: string };
  actor: Actor;
  report: Report;
}

/** What has to go out after the commit. */
export interface Announced {
  /** Cards whose lines are claimed, to be posted at once. */
  cards: OpenedCard[];
  /** Whether other deliveries wait for a claim. */
  waiting: boolean;
}

/** Routes newly opened alerts, but for those that a silence covers, and writes their history and deliveries. */
export async function announceOpened(
  intake: IntakeTransaction,
  alerts: (AnnouncedAlert & { silence: RunningSilence | null })[],
  { settings, claiming }: { settings: RoutingSettings; claiming: Claiming | undefined },
): Promise<Announced> {
  const { runPrepared } = intake;
  const routed = alerts.map((alert) => {
    const { source, report, silence } = alert;
    const route = routeAlert({ sourceId: source.id, report, severity: report.severity }, settings);
    return { ...alert, ...(silence ? silencedRoute(route, silence) : route) };
  });
  const openings = routed.map(({ id, report, actor, route }) => {
    const { severity, unknownSeverity } = report;
    return { alertId: id, severity, unknownSeverity, actor, route };
  });
  const deliveries = routed.flatMap(({ id, number, report: { severity }, destinations }) => {
    const delivery = { alertId: id, number, severity, sentSeq: openingEntries(severity) };
    return destinations.map((to) => ({ ...delivery, ...at(to, severity) }));
  });
  const detections = routed.flatMap(({ newDetection }) => newDetection ?? []);
  const questions = routed.flatMap(({ id, source, report, asks }) =>
    asks ? [{ alertId: id, ...overrideName(source.id, report) }] : [],
  );
  const history = appendFirst(runPrepared, openings);
  const due = questionsDue(runPrepared, questions);
  const named = insertDetections(runPrepared, detections);
  // Last, because it locks lines.
  const { inserted, mayBeClaimed } = open(runPrepared, deliveries, claiming);
  const [cards] = await Promise.all([readOpenedCards(intake, mayBeClaimed), history, named, due, inserted]);
  return { cards, waiting: deliveries.length > cards.length };
}

interface RaisedAlert extends Omit<AnnouncedAlert, "report"> {
  report: AlertToRoute["report"];
  to: Severity;
  /** `source` unless given. */
  via?: Via;
}

/** Routes an alert again after its severity rose: destinations that match only now get a delivery. */
export async function announceRaised(
  { tx, runPrepared }: IntakeTransaction,
  { id, number, source, actor, via = "source", report, to }: RaisedAlert,
  settings: RoutingSettings,
): Promise<void> {
  const { destinations, route } = routeAlert({ sourceId: source.id, report, severity: to }, settings);
  const existing = await raise(tx, id, to);
  const added = destinations.filter((destination) => !existing.has(destination.id));
  if (added.length === 0) return;
  const data = {
    ...route,
    destinations: added.map((destination) => ({ id: destination.id, name: destination.name })),
  };
  const event = { kind: "routed" as const, data };
  const { seq: sentSeq } = await append(tx, { alertId: id, event, actor, via });
  const deliveries = added.map((destination) => {
    return { alertId: id, number, severity: to, sentSeq, ...at(destination, to) };
  });
  await open(runPrepared, deliveries).inserted;
}

/** The fields of a delivery that its destination decides. */
export function at({ id, line, escalateAfter }: RoutableDestination, severity: Severity) {
  return { destinationId: id, line, escalateMinutes: escalateAfter[severity] ?? null };
}

const statement: PreparedStatement = {
  name: "insert-detections",
  text: `
    insert into detections (id, source_id, detection_id, name)
    select * from json_to_recordset($1::json) as d(id uuid, source_id uuid, detection_id text, name text)
    order by source_id, detection_id
    on conflict do nothing`,
};

/** Lists a detection in the Console from its first alert on. */
async function insertDetections(
  runPrepared: RunPrepared,
  detections: (DetectionName & { name: string | null })[],
): Promise<void> {
  if (detections.length === 0) return;
  const rows = detections.map(({ sourceId, detectionId, name }) => ({
    id: uuidv7(),
    source_id: sourceId,
    detection_id: detectionId,
    name,
  }));
  await runPrepared(statement, [JSON.stringify(rows)]);
}
