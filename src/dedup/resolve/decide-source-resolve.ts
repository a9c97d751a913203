import type { ResolvePolicy } from "../../alert/source-kind.ts";
import { isOpen, type Status } from "../../alert/status.ts";

export type SourceResolve =
  | { kind: "resolve" }
  /** The alert stays as it is; thread and history say that the source calls it over. */
  | { kind: "say-over" }
  | { kind: "ignore"; because: "no alert" | "already closed" | "already said" };

/** What a source's "resolved" does to the newest alert of its key, whatever its age (spec section 3). */
export function decideSourceResolve(
  newest: { status: Status; touched: boolean; saidOver: boolean } | undefined,
  policy: ResolvePolicy,
): SourceResolve {
  if (!newest) return { kind: "ignore", because: "no alert" };
  if (!isOpen(newest.status)) return { kind: "ignore", because: "already closed" };
  if (policy === "always" || (policy === "untouched" && !newest.touched)) return { kind: "resolve" };
  return newest.saidOver ? { kind: "ignore", because: "already said" } : { kind: "say-over" };
}
