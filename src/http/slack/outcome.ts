import { statusWords } from "../../alert/status.ts";
import type { Changed } from "../../triage/change-alert.ts";

type Done = Exclude<Changed, { kind: "conflict" }>;

/** How an alert stands after somebody changed it, for them to read: `#1042 is now Open, assigned to you.` */
export function outcome({ kind, alert }: Done, me: { id: string | null }): string {
  const { number, status, assignee } = alert;
  const name = assignee?.id === me.id ? "you" : assignee?.name;
  const state = `${statusWords[status]}, ${name ? `assigned to ${name}` : "unassigned"}`;
  if (kind === "unchanged") return `#${number} is ${state} already. Nothing was changed.`;
  return `#${number} is now ${state}.`;
}
