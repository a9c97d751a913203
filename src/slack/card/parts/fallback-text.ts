import type { Alert } from "../../../alert/alert.ts";
import { isOpen, statusWords } from "../../../alert/status.ts";
import { escapeText } from "../../text/escape-text.ts";
import { oneLine } from "../../text/one-line.ts";
import { isInformational } from "./is-informational.ts";
import { title } from "./title.ts";

/** The card in one escaped line: `HIGH: Impossible travel for eve@acme.example (#1042, open)`. */
export function fallbackText(alert: Alert, note?: string): string {
  const line = lineOf(alert);
  return escapeText(note ? `${line} · ${oneLine(note, 200)}` : line);
}

function lineOf(alert: Alert): string {
  const { severity, number, status, statusSet } = alert;
  const name = title(alert, 300);
  if (isInformational(alert)) return `${severity}: ${name} (#${number}, informational)`;
  if (isOpen(status)) return `${severity}: ${name} (#${number}, ${statusWords[status].toLowerCase()})`;
  const by = statusSet ? `, by ${oneLine(statusSet.by.name, 80)}` : "";
  return `${statusWords[status]}: ${name} (${severity}, #${number}${by})`;
}
