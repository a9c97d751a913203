import type { Alert } from "../../alert/alert.ts";

/** Something to read: JSON, or a text as a whole. */
export interface Part {
  /** By which a dialog remembers it. */
  id: string;
  label: string;
  value: unknown;
}

/** What there is to read: the context, the whole texts, which the card cuts, and each sample event. */
export function detailsParts(alert: Alert, events: readonly unknown[]): [Part, ...Part[]] {
  const context = { id: "context", label: "Context", value: alert.context };
  const whole = [section("Description", alert.description), section("Runbook", alert.runbook)].filter(
    Boolean,
  );
  const texts = { id: "texts", label: "Description and runbook", value: whole.join("\n\n") };
  const samples = events.map((event, index) => ({
    id: `event:${index}`,
    label: `Event ${index + 1} of ${events.length}`,
    value: event,
  }));
  return [context, ...(whole.length > 0 ? [texts] : []), ...samples];
}

function section(heading: string, text: string | null): string {
  return text?.trim() ? `${heading}\n${text.trim()}` : "";
}
