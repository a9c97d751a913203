/** What can break for a destination: the app where it is installed, or the line to its own place. */
export type FaultCause = `app:${string}` | `line:${string}`;

/** All that must work for a destination to get alerts. Two destinations that share one break together. */
export function faultCauses(destination: { installationId: string | null; line: string }): FaultCause[] {
  const { installationId, line } = destination;
  return [`line:${line}`, ...(installationId === null ? [] : [`app:${installationId}` as const])];
}
