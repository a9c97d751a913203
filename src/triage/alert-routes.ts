import { z } from "zod";
import { severities } from "../alert/alert.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { App, Deps } from "../api/deps.ts";
import { decodeCursor, page, toPage } from "../api/page.ts";
import { orRefuse, problem, problemBody, refusalProblem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { storedTime } from "../api/time.ts";
import { alertIdOf, findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { sentence } from "../history/sentence.ts";
import { showDelivery } from "../outbox/contract.ts";
import { listDeliveries } from "../outbox/list-deliveries.ts";
import type { Principal } from "../people/principal.ts";
import { type Changed, changeAlert, findAssignee } from "./change-alert.ts";
import { type BulkResult, changeMany } from "./change-many.ts";
import {
  type AlertBody,
  type AlertChange,
  alertBody,
  alertChange,
  alertParams,
  alertQuery,
  alertRow,
  bulkAnswer,
  bulkChange,
} from "./contract.ts";
import type { AlertCommand } from "./decide-change.ts";
import { listAlerts } from "./list-alerts.ts";
import { showAlert, showRow } from "./show-alert.ts";

const tags = ["Alerts"];
const byTime = z.tuple([storedTime, z.uuid()]);
const bySeverity = z.tuple([z.enum(severities), z.uuid()]);

/** Routes that list, read and change alerts. */
export function alertRoutes(app: App, deps: Deps): void {
  listRoute(app, deps);
  oneRoute(app, deps);
  changeRoute(app, deps);
  bulkRoute(app, deps);
}

function listRoute(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/alerts",
    {
      ...requires("View Alerts"),
      schema: { tags, summary: "List alerts", querystring: alertQuery, response: { 200: page(alertRow) } },
    },
    async ({ query, principal }) => {
      const after = decodeCursor(query.cursor, query.sort.endsWith("severity") ? bySeverity : byTime);
      const alerts = await listAlerts(db.kysely, query, { after, me: principal.userId });
      return toPage(alerts, query.limit, { keyOf: ({ key, id }) => [key, id], show: showRow });
    },
  );
}

function oneRoute(app: App, deps: Deps): void {
  app.get(
    "/api/v1/alerts/:id",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "Get an alert, by id or number",
        params: alertParams,
        response: { 200: alertBody },
      },
    },
    async ({ params }) => {
      const alert = await findAlert(deps.db.kysely, await alertIdOf(deps, params.id));
      if (!alert) throw problem(404, "There is no such alert.");
      return withDeliveries(deps, alert);
    },
  );
}

function changeRoute(app: App, deps: Deps): void {
  app.patch(
    "/api/v1/alerts/:id",
    {
      ...requires("Manage Alerts", { audits: ["alert.change"] }),
      schema: {
        tags,
        summary: "Change status, assignee, disposition or tags, or comment",
        params: alertParams,
        body: alertChange,
        response: { 200: alertBody, 409: problemBody.loose() },
      },
    },
    async ({ params, body, principal }) => {
      const alertId = await alertIdOf(deps, params.id);
      const changed = await change(deps, principal, { alertId, command: await readCommand(deps, body) });
      if (isRefusal(changed)) throw refusalProblem(changed);
      const current = await withDeliveries(deps, changed.alert);
      if (changed.kind === "conflict") throw conflict(changed, current);
      return current;
    },
  );
}

function bulkRoute(app: App, deps: Deps): void {
  app.patch(
    "/api/v1/alerts",
    {
      ...requires("Manage Alerts", { audits: ["alert.change"], cost: "heavy" }),
      schema: { tags, summary: "Change many alerts", body: bulkChange, response: { 200: bulkAnswer } },
    },
    async ({ body: { ids, ...wanted }, principal }) => {
      const command = await readCommand(deps, wanted);
      const changed = await changeMany(deps, principal, { alertIds: ids, command });
      deps.wake();
      return { results: changed.map(outcomeOf) };
    },
  );
}

function outcomeOf({ id, result }: BulkResult): z.infer<typeof bulkAnswer>["results"][number] {
  if (!isRefusal(result)) return { id, outcome: result.kind === "changed" ? "changed" : "unchanged" };
  return { id, outcome: result.refused === "not_found" ? "not_found" : "refused", detail: result.why };
}

async function withDeliveries({ db }: Deps, alert: VersionedAlert): Promise<AlertBody> {
  const deliveries = await listDeliveries(db.kysely, [alert.id]);
  return showAlert(alert, deliveries.map(showDelivery));
}

/** Turns the body of a change into a command. Throws a problem that names the field if the assignee is unknown. */
async function readCommand({ db }: Deps, change: AlertChange): Promise<AlertCommand> {
  const { assignee: named, ...rest } = change;
  if (named === undefined) return rest;
  return { ...rest, assignee: named === null ? null : orRefuse(await findAssignee(db.kysely, named)) };
}

/** Changes an alert on behalf of the caller and wakes the workers that edit its cards. */
export async function change(
  deps: Deps,
  by: Principal,
  request: { alertId: string; command: AlertCommand },
): Promise<Changed | Refusal> {
  const changed = await changeAlert(deps, by, request);
  deps.wake();
  return changed;
}

/** A 409 that says what the first person did and holds the current alert. */
function conflict({ alert, field, first }: Extract<Changed, { kind: "conflict" }>, current: object) {
  const what = first ? sentence(first, first.actor) : "somebody else changed it";
  const detail = `#${alert.number} was changed in the meantime: ${what}. Your change was not made.`;
  return problem(409, detail, { errors: [{ field, detail: what }], more: { alert: current } });
}
