import { isOpen, type Severity, type Status, statusLabels } from "../../alert/alert.ts";
import type { Recipient } from "../recipients.ts";

/** How many automatic questions one person gets in an hour; a channel, which many read and which storms can reach. */
export const maxPerHour = { person: 3, channel: 30 } as const;

/** What decides whether a due question goes out now. */
interface Due {
  alert: { status: Status; severity: Severity };
  /** The detection still asks. */
  asks: boolean;
  /** Null if the detection no longer asks. */
  to: { reached: true; recipient: Recipient } | { reached: false; name: string; why: string } | null;
  /** Automatic questions to this recipient within the last hour. */
  asked: number;
  /** When the person's quiet hours end; null outside of them. */
  quietUntil: Date | null;
}

export type AskingDecision =
  | { kind: "ask"; to: Recipient }
  | { kind: "wait"; to: Recipient; until: Date }
  /** Counts as no answer. */
  | { kind: "unreachable"; name: string; why: string }
  /** Nothing follows. `why` completes "The automatic Boomerang was not sent: …". */
  | { kind: "drop"; why: string };

/** Whether a due question goes out, waits or is dropped (docs/behaviour.md#automatic-boomerang). */
export function decideAsking({ alert, asks, to, asked, quietUntil }: Due): AskingDecision {
  if (!isOpen(alert.status))
    return { kind: "drop", why: `the alert is already ${statusLabels[alert.status]}` };
  if (!asks || !to) return { kind: "drop", why: "its detection no longer asks" };
  if (!to.reached) return { kind: "unreachable", name: to.name, why: to.why };
  const { kind, name } = to.recipient;
  if (quietUntil && alert.severity !== "CRITICAL")
    return { kind: "wait", to: to.recipient, until: quietUntil };
  if (asked >= maxPerHour[kind])
    return { kind: "drop", why: `${name} already got ${asked} automatic questions within an hour` };
  return { kind: "ask", to: to.recipient };
}
