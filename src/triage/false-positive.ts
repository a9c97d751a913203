import { type RawBuilder, sql } from "kysely";

/** Whether the alert `a` was a false positive, as a condition of SQL: people marked it as invalid. */
export const isFalsePositive: RawBuilder<boolean> = sql`a.status = 'CLOSED'`;

/** Whether people have judged the alert `a`: the share of false positives is one of these. */
export const isJudged: RawBuilder<boolean> = sql`a.status in ('RESOLVED', 'CLOSED')`;
