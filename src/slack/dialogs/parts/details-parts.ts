import type { Alert } from "../../../alert/alert.ts";

export interface Part {
  value: string;
  label: string;
  text: string;
}

/** What there is to read: the context, the whole texts, which the card cuts, and each sample event. */
export function detailsParts(alert: Alert, events: readonly unknown[]): [Part, ...Part[]] {
  const context = { value: "context", label: "Context", text: json(alert.context) };
  const whole = [section("Description", alert.description), section("Runbook", alert.runbook)].filter(
    Boolean,
  );
  const texts = { value: "texts", label: "Description and runbook", text: whole.join("\n\n") };
  const samples = events.map((event, index) => ({
    value: `event:${index}`,
    label: `Event ${index + 1} of ${events.length}`,
    text: json(event),
  }));
  return [context, ...(whole.length > 0 ? [texts] : []), ...samples];
}

function section(heading: string, text: string | null): string {
  return text?.trim() ? `${heading}\n${text.trim()}` : "";
}

function json(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "–");
}
