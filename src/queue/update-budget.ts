/** What a workspace may still spend: on any card, only on those that somebody has just touched, or on none. */
export type UpdateBudget = "any" | "touched" | "none";

/**
 * Slack takes 50 `chat.update` a minute and workspace (Tier 3, in a sliding minute). An update reaches Slack a
 * little after it was counted, some sooner than others: two seconds more than a minute make up for that.
 */
const most = 50;
const windowMs = 62_000;
/** Kept for cards that people touch while a storm of others uses up the rest. */
const keptForTouched = 12;

/** The updates that still count at `now`. */
export function recentUpdates(updatesAt: readonly Date[], now: Date): Date[] {
  return updatesAt.filter((at) => now.getTime() - at.getTime() < windowMs);
}

/** What may be spent at `now`, after updates at these times. */
export function updateBudget(updatesAt: readonly Date[], now: Date): UpdateBudget {
  const spent = recentUpdates(updatesAt, now).length;
  if (spent >= most) return "none";
  return spent < most - keptForTouched ? "any" : "touched";
}
