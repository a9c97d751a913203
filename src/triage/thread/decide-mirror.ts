/** A message of a card's thread, as far as Tocsin has heard of it. */
export interface KnownMessage {
  /** Its entry in the history; null if it was deleted before Tocsin heard what it said. */
  seq: number | null;
  editedTs: string | null;
  deleted: boolean;
}

export type Heard = { kind: "written" } | { kind: "edited"; ts: string } | { kind: "deleted" };

/**
 * What Slack's news of a message change. Slack says things again, and in any order: what comes late, or twice,
 * changes nothing.
 */
export function decideMirror(
  known: KnownMessage | null,
  heard: Heard,
): "comment" | "edit" | "delete" | "remember-deleted" | "nothing" {
  switch (heard.kind) {
    case "written":
      return known ? "nothing" : "comment";
    case "edited":
      if (!known) return "comment";
      return known.deleted || Number(known.editedTs) >= Number(heard.ts) ? "nothing" : "edit";
    case "deleted":
      if (!known) return "remember-deleted";
      return known.deleted ? "nothing" : "delete";
    default:
      return heard satisfies never;
  }
}
