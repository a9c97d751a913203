import type { Mention, Mentions } from "../../alert/mention.ts";
import type { Severity } from "../../alert/severity.ts";
import { isOpen, type Status } from "../../alert/status.ts";

/** Whom the new card of an alert calls; nobody about one that needs nobody any more, or never did. */
export function mentionFor(
  { severity, status }: { severity: Severity; status: Status },
  mentions: Mentions,
): Mention | null {
  return isOpen(status) ? (mentions[severity] ?? null) : null;
}
