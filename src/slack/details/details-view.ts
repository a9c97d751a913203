import type { Alert } from "../../alert/alert.ts";
import type { CardRef } from "../../interact/memory.ts";

/** What the details dialog is drawn from. */
export interface DetailsView {
  alert: Alert;
  events: readonly unknown[];
  place: { timezone: string; alertUrl: string };
  now: Date;
  card: CardRef;
}
