import { sql } from "kysely";
import { z } from "zod";
import { isOpen } from "../alert/alert.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { App, Deps } from "../api/deps.ts";
import { orRefuse } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { intakeIn } from "../db/intake-transaction.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { alertIdOf, findAlert } from "../history/find-alerts.ts";
import { audit, type Doer } from "../people/audit-log/audit.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { liftMark } from "../silence/marks.ts";
import { alertParams } from "../triage/contract.ts";
import { announceLifted, storedReport } from "./announce-joined.ts";
import { overrideName, routingSettings } from "./route-alert.ts";

/** The route that lifts the silence of one alert, which is announced then. */
export function liftSilenceRoute(app: App, deps: Deps): void {
  app.delete(
    "/api/v1/alerts/:id/silence",
    {
      ...requires("Manage Alerts", { audits: ["alert.silence_lifted"] }),
      schema: {
        tags: ["Silences"],
        summary: "Lift the silence of one alert and announce it; the silence goes on for others",
        params: alertParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params, principal }, reply) => {
      const alertId = await alertIdOf(deps, params.id);
      const lifted = await transactionAs(deps.db, principal, "Manage Alerts", (tx) =>
        liftSilence(tx, principal, alertId),
      );
      orRefuse(lifted);
      deps.wake();
      return reply.code(204).send();
    },
  );
}

/** Lifts an alert's silence for a person, and routes it now unless somebody has closed it meanwhile. */
async function liftSilence(tx: Transaction, by: Doer, alertId: string): Promise<Refusal | null> {
  await sql`select from alerts where id = ${alertId} for update`.execute(tx);
  const alert = await findAlert(tx, alertId);
  const lifted = await liftMark(tx, alertId);
  if (!alert || !lifted)
    return { refused: "conflict", why: "This alert is not silenced. Nothing was changed." };
  const { silenceId, requested } = lifted;
  const event = { kind: "silence_lifted", data: { silenceId, because: "asked" } } as const;
  await append(tx, { alertId, event, actor: by.actor, via: by.via });
  await audit(tx, by, {
    action: "alert.silence_lifted",
    target: { type: "alert", id: alertId },
    changes: null,
    data: { silence: silenceId },
  });
  if (!isOpen(alert.status)) return null;
  const intake = intakeIn(tx);
  const { number, source, severity } = alert;
  const report = storedReport(alert, requested);
  const settings = await routingSettings(intake.runPrepared, [overrideName(source.id, report)]);
  await announceLifted(intake, { id: alertId, number, sourceId: source.id, report, severity }, settings);
  return null;
}
