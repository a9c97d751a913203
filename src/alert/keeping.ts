/** How long each kind of data is kept: the name of its setting, its default and its bounds. */
export const keeping = {
  /** Closed alerts, with all that belongs to them, after their last change. */
  keepAlertsDays: { usual: 400, least: 30, most: 3650, unit: "days" },
  /** The first events of an alert, after they arrived. */
  keepSamplesDays: { usual: 90, least: 1, most: 3650, unit: "days" },
  /** The audit log, by whole months. */
  keepAuditLogYears: { usual: 5, least: 1, most: 20, unit: "years" },
} as const;

/** Bodies that sources sent, after they came last (docs/behaviour.md#kept-bodies). */
export const keepBodiesDays = 7;

export type KeepingName = keyof typeof keeping;
export type Keeping = Record<KeepingName, number>;

/** What is wrong with a time that somebody chose, for the person who chose it. */
export function keepingBounds(name: KeepingName): string {
  const { least, most, unit } = keeping[name];
  return `must be a whole number from ${least} to ${most} (${unit})`;
}
