import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse, problem, refusalProblem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { audit } from "../../people/audit-log/audit.ts";
import { wantedChanges } from "../../people/audit-log/changes.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { toBoomerangBody } from "../boomerang-routes.ts";
import { boomerangBody, boomerangParams, newSuppression } from "../contract.ts";
import { listBoomerangs } from "../find-boomerangs.ts";
import { endSuppressions, suppress } from "./suppress.ts";

const tags = ["Boomerangs"];

/** Suppress repeats for a person who answered Yes, and end a suppression. */
export function suppressionRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  const one = async (id: string) => {
    const [row] = await listBoomerangs(db.kysely, { id });
    if (!row) throw problem(404, "There is no such Boomerang.");
    return row;
  };

  app.post(
    "/api/v1/boomerangs/:id/suppressions",
    {
      ...requires("Manage Alerts", { audits: ["alert.suppress"] }),
      schema: {
        tags,
        summary:
          "Suppress repeats for a person who answered Yes, for up to 24 hours; CRITICAL repeats never are",
        params: boomerangParams,
        body: newSuppression,
        response: { 201: boomerangBody },
      },
    },
    async ({ params: { id }, body, principal }, reply) => {
      const { recipients, alertId } = await one(id);
      if (recipients.every((recipient) => recipient.id !== body.recipient))
        throw problem(404, "This Boomerang has no such recipient.", {
          errors: [{ field: "recipient", detail: "is not a recipient of this Boomerang" }],
        });
      const { actor, via } = principal;
      const suppressed = await transactionAs(db, principal, "Manage Alerts", async (tx) => {
        const made = await suppress(tx, { askId: body.recipient, for: body.for, actor, via });
        if (isRefusal(made)) throw refusalProblem(made);
        const target = { type: "alert", id: alertId } as const;
        const changes = wantedChanges({ suppressedFor: body.for });
        const data = { suppression: made.id };
        await audit(tx, principal, { action: "alert.suppress", target, changes, data });
        return null;
      });
      orRefuse(suppressed);
      deps.wake();
      return reply.code(201).send(toBoomerangBody(await one(id)));
    },
  );

  app.delete(
    "/api/v1/suppressions/:id",
    {
      ...requires("Manage Alerts", { audits: ["alert.unsuppress"] }),
      schema: {
        tags,
        summary: "End a suppression; repeats open alerts again",
        params: boomerangParams,
        response: { 204: z.null() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const { actor, via } = principal;
      const done = await transactionAs(db, principal, "Manage Alerts", async (tx) => {
        const ended = await endSuppressions(tx, { id }, { actor, via, because: "asked" });
        if (ended === 0) throw problem(404, "There is no such suppression, or it has ended.");
        const target = { type: "suppression", id } as const;
        await audit(tx, principal, { action: "alert.unsuppress", target, changes: null });
        return null;
      });
      orRefuse(done);
      deps.wake();
      return reply.code(204).send(null);
    },
  );
}
