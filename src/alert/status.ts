export const statuses = ["OPEN", "TRIAGED", "RESOLVED", "CLOSED"] as const;
export type Status = (typeof statuses)[number];

/** What people read: the wire says CLOSED, everybody else says Invalid. */
export const statusWords: Record<Status, string> = {
  OPEN: "Open",
  TRIAGED: "Triaged",
  RESOLVED: "Resolved",
  CLOSED: "Invalid",
};

/** True while somebody still has to look at the alert. */
export function isOpen(status: Status): boolean {
  return status === "OPEN" || status === "TRIAGED";
}
