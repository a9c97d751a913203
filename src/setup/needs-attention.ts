import { type FaultPlace, remedy } from "../slack/client/remedy.ts";

/** Whether something of the set-up works, and if not, Slack's word for it and what to do. */
export type SetupState = { kind: "ok" } | NeedsAttention;
export type NeedsAttention = { kind: "needs_attention"; fault: string; remedy: string };

/** The state of what met this fault. */
export function needsAttention(fault: string, place?: FaultPlace): NeedsAttention {
  return { kind: "needs_attention", fault, remedy: remedyText(fault, place) };
}

/** What a fault means and what to do about it, as one text. */
export function remedyText(fault: string, place?: FaultPlace): string {
  const { means, todo } = remedy(fault, place);
  return `${means} ${todo}`;
}
