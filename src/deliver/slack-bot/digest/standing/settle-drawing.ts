import { sql } from "kysely";
import type { StandingDigest } from "../claim-digest.ts";
import type { Deps } from "../../../../outbox/deps.ts";

export type Drawing =
  | { kind: "drawn"; closed: boolean; namesLoud: boolean; frozen: boolean }
  | { kind: "left" }
  | { kind: "no-budget" };

/** How soon an open digest looks for what else has come. */
const againSeconds = 3;
const budgetSeconds = 1;

/** Writes down what a digest shows now. More may have been wanted while it was drawn; then it stays due. */
export async function settleDrawing(
  { db }: Deps,
  { id, line, redraws, closed: was }: StandingDigest,
  drawing: Drawing,
): Promise<void> {
  if (drawing.kind !== "drawn") {
    const seconds = drawing.kind === "left" ? againSeconds : budgetSeconds;
    await sql`
      update digests set leased_until = null,
        due_at = case when ${drawing.kind === "left" && was} and redraws = ${redraws} then null
          else now() + make_interval(secs => ${seconds}) end
      where id = ${id}`.execute(db.kysely);
    return;
  }
  const closed = drawing.closed || drawing.frozen;
  await sql`
    with digest as (
      update digests set leased_until = null, drawn_at = now(), faults = 0, names_loud = ${drawing.namesLoud},
        gone = ${drawing.frozen}, closed_at = case when ${closed} then coalesce(closed_at, now()) end,
        dirty = redraws <> ${redraws},
        due_at = case when redraws <> ${redraws} then now()
          when not ${closed} then now() + make_interval(secs => ${againSeconds}) end
      where id = ${id}
    )
    update lines set digest_id = null, digest_due_at = null
    where key = ${line} and digest_id = ${id} and ${closed}`.execute(db.kysely);
}
