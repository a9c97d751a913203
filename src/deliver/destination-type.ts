import type { RawBuilder, Updateable } from "kysely";
import type { z } from "zod";
import type { AlertType, Severity } from "../alert/alert.ts";
import type { Escalation, LinkButton, Mentions, Reminders } from "../alert/destination.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { SlackAccess } from "../connect/slack-access.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Deps } from "../outbox/deps.ts";
import type { DestinationWork } from "../outbox/worker.ts";
import type { Pace } from "../pace.ts";
import type { Principal } from "../people/principal.ts";
import type { About, DestinationBody, DestinationWish, NewDestination } from "./contract.ts";
import type { Remedy } from "./events/event-fault.ts";
import type { Outgoing } from "./events/outgoing.ts";

/**
 * A type of destination: what it is called, which settings it has, and how alerts get there. `destination-types.ts`
 * lists them; nothing else knows which ones there are.
 */
export interface DestinationType {
  type: string;
  about: About;
  /** The schemas of the API. `create` and `change` are strict; `change` has no defaults. */
  contract: {
    body: Schema<DestinationBody>;
    create: Schema<DestinationWish, NewDestination>;
    change: z.ZodObject;
  };
  /** Why no destination of this type can be created now, and what to do; null if it can. */
  unavailable?(outgoing: Outgoing): string | null;
  /** Checks a new destination. `wish` is a body that `contract.create` accepts. */
  prepareNew(parts: DestinationParts, wish: unknown, by: Principal): Promise<Prepared | Refusal>;
  /** Checks a change. `wish` is a body that `contract.change` accepts. */
  prepareChange(
    parts: DestinationParts,
    { before, wish }: { before: Destination; wish: unknown },
    by: Principal,
  ): Promise<Prepared | Refusal>;
  /** The fields of the API's body that only this type has. */
  show(destination: Destination): Record<string, unknown>;
  /** What a fault means and what to do about it. Without `at`, in general words. */
  remedy(fault: string, at: { place: string | null; botName?: string | null }): Remedy;
  /** Sends a test to the destination. Throws what a person can't repair. */
  greet(parts: DestinationParts, destination: Destination): Promise<Greeted>;
  /** Whether its receiver takes an event that it has had only once, so that Tocsin may send it again. */
  dropsRepeats: boolean;
  /** The jobs of this type's lines. */
  work(deps: Deps, outgoing: Outgoing): DestinationWork;
}

type Schema<Output, Input = Output> = z.core.$ZodTypeDiscriminable & z.ZodType<Output, Input>;

/** What destination types depend on. */
export interface DestinationParts {
  db: Database;
  slack: SlackAccess;
  outgoing: Outgoing;
  publicUrl: string;
  clock: () => Date;
  pace: Pick<Pace, "message">;
}

/** Columns of `destinations`. */
export type TypeColumns = Omit<Updateable<Tables["destinations"]>, "changes_since"> & {
  changes_since?: RawBuilder<Date> | null;
};

/** A destination that may be saved. */
export interface Prepared {
  /** The columns that only this type has. A new destination needs its line among them. */
  columns(id: string): TypeColumns;
  /** Runs in the same transaction, after the row is saved. */
  saved?(tx: Transaction, id: string): Promise<void>;
  /** A generated secret, to be shown once; null without one. */
  secret: string | null;
}

export interface Greeted {
  /** The setup fault that was met. */
  fault: string | null;
  refusal: Refusal | null;
  /** Stores the fault, or that there is none, where the destination's state is read from. */
  recordFault(tx: Transaction): Promise<unknown>;
}

/** The filters and the timezone of a destination. */
export interface DestinationSettings {
  displayName: string;
  severities: Severity[];
  alertTypes: AlertType[];
  /** Empty for all. */
  logTypes: string[];
  /** An IANA time zone. */
  timezone: string;
  /** Where alerts also go on which nobody acts; null if nowhere. */
  escalation: Escalation | null;
}

export type DestinationState =
  | { kind: "ok" }
  | { kind: "disabled" }
  | { kind: "needs_attention"; fault: string; remedy: string };

/** A destination as it is stored, with the counts of its deliveries. */
export interface Destination extends DestinationSettings {
  id: string;
  type: string;
  /** The key of the line in which its deliveries wait. */
  line: string;
  /** Where its messages go: `#security`, a host, an address. */
  place: string;
  /** Null for other types. */
  slack: SlackPart | null;
  /** The settings of other types, as people may see them. */
  settings: Record<string, unknown>;
  state: DestinationState;
  /** How many deliveries wait, are being sent or are held. */
  waiting: number;
  failed: number;
  /** When the oldest of the waiting deliveries was created. */
  oldestWaitingAt: Date | null;
  lastDeliveredAt: Date | null;
  createdAt: Date;
}

/** A Slack Bot's own settings. */
export interface SlackPart {
  installationId: string;
  channelId: string;
  channelName: string;
  teamId: string | null;
  /** The bot's name in Slack; null until Slack has said it. */
  botName: string | null;
  syncToSlack: boolean;
  mentions: Mentions;
  reminders: Reminders;
  linkButtons: LinkButton[];
  /** When "Test the buttons" was pressed in the last welcome message, in RFC 3339; null if it was not. */
  buttonsTestedAt: string | null;
}
