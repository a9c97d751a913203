import type { AlertCommand } from "../decide-change.ts";

/** Where the Console lists the alerts of a bulk change, the last changed first. */
export function listAddress(publicUrl: string, { status, assignee }: AlertCommand): string {
  const filters = new URLSearchParams({ sort: "-updatedAt" });
  if (status) filters.set("status", status);
  if (assignee) filters.set("assignee", assignee.id);
  return `${publicUrl}/alerts?${filters}`;
}
