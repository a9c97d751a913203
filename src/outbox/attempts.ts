import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../db/transaction.ts";

/** One attempt of a delivery, and its outcome (docs/behaviour.md#records). */
export interface Attempt {
  deliveryId: string;
  outcome:
    | "sent"
    | "found"
    | "told"
    | "digested"
    | "retry"
    | "wait"
    | "hold"
    | "refuse"
    | "simplify"
    | "give-up";
  error?: string;
  /** The channel, or the host of a webhook. */
  channelId: string;
  permalink?: string;
}

export async function insertAttempt(tx: Transaction, attempt: Attempt): Promise<void> {
  await tx
    .insertInto("delivery_attempts")
    .values({
      id: uuidv7(),
      delivery_id: attempt.deliveryId,
      outcome: attempt.outcome,
      error: attempt.error ?? null,
      channel_id: attempt.channelId,
      permalink: attempt.permalink ?? null,
    })
    .execute();
}
