import { z } from "zod";
import { databaseAnswers } from "../../db/database-answers.ts";
import type { App, Deps } from "../../api/deps.ts";
import { problem } from "../problem.ts";

const fine = z.object({ status: z.literal("ok") });

/** `/healthz`: the process answers. `/readyz`: it can do its work, else 503 with the reason. */
export function healthRoutes(app: App, { db, whyNotReady }: Deps): void {
  const schema = { hide: true, response: { 200: fine } };
  app.get("/healthz", { schema }, async () => ({ status: "ok" as const }));
  app.get("/readyz", { schema }, async () => {
    const why = (await databaseAnswers(db)) ? whyNotReady() : "The database doesn't answer.";
    if (why) throw problem(503, why, { retryAfter: 5 });
    return { status: "ok" as const };
  });
}
