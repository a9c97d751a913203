import type { Actor } from "./actor.ts";
import type { AlertType } from "./alert-type.ts";
import type { Person } from "./person.ts";
import type { Severity } from "./severity.ts";
import type { Status } from "./status.ts";

/** An alert as it stands now: what cards, the Console and the API show. */
export interface Alert {
  id: string;
  number: number;
  version: number;
  title: string;
  severity: Severity;
  status: Status;
  type: AlertType;
  source: { id: string; name: string; kind: string };
  detection: { id: string; name: string | null };
  dedupString: string;
  logTypes: string[];
  tags: string[];
  reports: Record<string, string[]>;
  description: string | null;
  runbook: string | null;
  reference: string | null;
  context: Record<string, unknown>;
  eventCount: number;
  assignee: Person | null;
  createdAt: Date;
  firstEventOccurredAt: Date;
  lastReceivedEventAt: Date;
  updatedAt: Date;
  updatedBy: Actor;
  /** Who set the present status, when, and with which comment; null while nobody has. */
  statusSet: { by: Actor; via: string; at: Date; comment: string | null } | null;
}
