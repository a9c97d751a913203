import { z } from "zod";
import type { Refusal } from "../../alert/refusal.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse, problem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { changesBetween } from "../audit-log/changes.ts";
import { ownSettings } from "../contract.ts";
import type { Principal } from "../principal.ts";

/** Change what a person sets for themselves. */
export function ownSettingsRoutes(app: App, { db, outgoing }: Deps): void {
  app.patch(
    "/api/v1/session",
    {
      ...requires("signed in", { audits: ["user.changed"] }),
      schema: {
        tags: ["Session"],
        summary: "Change one's own settings",
        body: ownSettings,
        response: { 204: z.undefined() },
      },
    },
    async ({ body: { mailWhenAssigned: wanted }, principal }, reply) => {
      const { userId } = principal;
      if (!userId) throw problem(403, "An API token has no settings.");
      if (wanted && !outgoing.mail) throw orRefuse<never>(noMailServer);
      await transaction(db, (tx) => setMailWhenAssigned(tx, principal, { userId, wanted }));
      return reply.code(204).send();
    },
  );
}

const noMailServer: Refusal = {
  refused: "conflict",
  field: "mailWhenAssigned",
  why: "Tocsin can't send email: it has no mail server (SMTP_URL).",
};

async function setMailWhenAssigned(
  tx: Transaction,
  by: Principal,
  { userId, wanted }: { userId: string; wanted: boolean },
): Promise<void> {
  const before = await tx
    .selectFrom("users")
    .select("mail_when_assigned as mailWhenAssigned")
    .where("id", "=", userId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  await tx.updateTable("users").set({ mail_when_assigned: wanted }).where("id", "=", userId).execute();
  const changes = changesBetween(before, { mailWhenAssigned: wanted });
  await audit(tx, by, { action: "user.changed", target: { type: "user", id: userId }, changes });
}
