import type { Actor } from "../../alert/actor.ts";
import type { Status } from "../../alert/status.ts";
import type { AlertCommand } from "../decide-change.ts";

/** A bulk change in one line: `Ada resolved 37 alerts: noise from the pentest`. */
export function bulkSentence(actor: Actor, command: AlertCommand, alerts: number): string {
  const { status, assignee, comment } = command;
  const many = alerts === 1 ? "1 alert" : `${alerts} alerts`;
  const said = comment ? `: ${comment}` : "";
  if (status === undefined && assignee === undefined) return `${actor.name} commented on ${many}${said}`;
  if (status === undefined) return `${actor.name} ${assigned(actor, assignee ?? null, many)}${said}`;
  const also = assignee === undefined ? "" : ` and ${assigned(actor, assignee, "them")}`;
  return `${actor.name} ${put(status, many)}${also}${said}`;
}

function assigned(actor: Actor, to: { id: string; name: string } | null, what: string): string {
  if (!to) return `unassigned ${what}`;
  return to.id === actor.id ? `took ${what}` : `assigned ${what} to ${to.name}`;
}

function put(status: Status, many: string): string {
  switch (status) {
    case "OPEN":
      return `set ${many} to Open`;
    case "TRIAGED":
      return `triaged ${many}`;
    case "RESOLVED":
      return `resolved ${many}`;
    case "CLOSED":
      return `called ${many} invalid`;
    default:
      return status satisfies never;
  }
}
