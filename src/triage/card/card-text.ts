import { alertTypeWords } from "../../alert/alert-type.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine } from "../../slack/text/one-line.ts";
import type { CardView } from "./card-view.ts";
import { title } from "../../slack/card/parts/title.ts";

const shownLogTypes = 3;

/** `#1042 · Rule · Okta.ImpossibleTravel · Okta.SystemLog · 14:02 CET · 3 events`: only what there is. */
export function factsLine({ alert, place, now }: CardView): string {
  const detection = oneLine(alert.detection.name ?? alert.detection.id, 120);
  const parts = [
    `#${alert.number}`,
    alertTypeWords[alert.type],
    detection === title(alert, 120) ? "" : detection,
    logTypes(alert.logTypes),
    clockTime(alert.createdAt, place.timezone, now),
    alert.eventCount > 1 ? `${alert.eventCount} events` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

function logTypes(names: string[]): string {
  const shown = names.slice(0, shownLogTypes).map((name) => oneLine(name, 80));
  const more = names.length - shown.length;
  return [...shown.filter(Boolean), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
