import { statusWords } from "../../../alert/status.ts";
import { clockTime } from "../../text/clock-time.ts";
import { oneLine } from "../../text/one-line.ts";
import type { CardView } from "../../../triage/card/card-view.ts";
import { isInformational } from "./is-informational.ts";

/** How an open alert stands: `Open · unassigned`, `Triaged by Ada 14:05 CET · assigned to Grace`. */
export function openStateLine({ alert, place, now }: CardView): string {
  const { status, statusSet, assignee } = alert;
  const by = statusSet
    ? ` by ${oneLine(statusSet.by.name, 80)} ${clockTime(statusSet.at, place.timezone, now)}`
    : "";
  const state = isInformational(alert) ? "Informational, needs nobody" : `${statusWords[status]}${by}`;
  if (assignee) return `${state} · assigned to ${oneLine(assignee.name, 80)}`;
  return isInformational(alert) ? state : `${state} · unassigned`;
}

/** How a closed one ended: `HIGH · #1042 · resolved by Ada 14:31 CET: VPN exit, confirmed with Eve`. */
export function closedStateLine({ alert, place, now }: CardView): string {
  const { severity, number, status, statusSet } = alert;
  const verb = status === "CLOSED" ? "called Invalid" : statusWords[status].toLowerCase();
  const head = `${severity} · #${number} · ${verb}`;
  if (!statusSet) return head;
  const comment = oneLine(statusSet.comment ?? "", 150);
  const who = `${head} by ${oneLine(statusSet.by.name, 80)} ${clockTime(statusSet.at, place.timezone, now)}`;
  return comment ? `${who}: ${comment}` : who;
}
