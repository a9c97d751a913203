import type { Alert } from "../../alert/alert.ts";
import type { Mention } from "../../alert/destination.ts";

export interface CardView {
  alert: Alert;
  /** IANA time zone of the destination; the alert's page in the Console. */
  place: { timezone: string; alertUrl: string };
  /** The assignee's Slack user id; null when nobody is assigned or the assignee isn't in Slack. */
  assigneeSlackId: string | null;
  /** How often the card was drawn at this version of the alert: it makes the controls' block id new. */
  block: { redraws: number };
  now: Date;
  note?: string;
  /** What people write in its thread becomes comments. */
  mirrored?: boolean;
  /** Somebody owned up to it: repeats for them may be suppressed. */
  confirmed?: boolean;
  /** Whom a new card calls. A card that is drawn again calls nobody. */
  mention?: Mention;
  /** The destination's own link buttons, filled in; three at most are shown. */
  links?: { label: string; url: string }[];
}
