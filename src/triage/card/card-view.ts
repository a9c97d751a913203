import type { Alert } from "../../alert/alert.ts";
import type { Mention } from "../../alert/destination.ts";
import type { NamedValue } from "./distinguishing-fields.ts";

export interface CardView {
  alert: Alert;
  /** The destination's IANA time zone, and the URL of the alert's page in the Console. */
  place: { timezone: string; alertUrl: string };
  /** The assignee's Slack ID; null if nobody is assigned or the assignee is not in Slack. */
  assigneeSlackId: string | null;
  /** The block version, which makes the controls' block ID new. */
  block: { redraws: number };
  now: Date;
  /** What tells the alert from others with the same title; at most three. */
  distinguishing?: NamedValue[];
  note?: string;
  /** Messages in the card's thread become comments. */
  mirrored?: boolean;
  /** A person answered a Boomerang with Yes, so repeats may be suppressed. */
  confirmed?: boolean;
  /** The mention in a new card; an edit has none. */
  mention?: Mention;
  /** The destination's link buttons with their fields filled in; at most three are shown. */
  links?: { label: string; url: string }[];
}
