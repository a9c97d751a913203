/** The destination of a delivery as it is now, which may be other than when the delivery was made. */
export interface Whereabouts {
  name: string;
  deleted: boolean;
  enabled: boolean;
  /** The line of its channel now. */
  line: string;
}

export type Whither =
  | { kind: "here" }
  /** Its channel was changed: the delivery waits in the new channel's line. */
  | { kind: "moved"; line: string }
  /** It is disabled: the delivery is held. */
  | { kind: "held" }
  | { kind: "deleted" };

/** Should a delivery that waits in `line` go out there? Settings may have changed while it was on its way. */
export function decideWhereabouts(destination: Whereabouts, line: string): Whither {
  if (destination.deleted) return { kind: "deleted" };
  if (!destination.enabled) return { kind: "held" };
  return destination.line === line ? { kind: "here" } : { kind: "moved", line: destination.line };
}
