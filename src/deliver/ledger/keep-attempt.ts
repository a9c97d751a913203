import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../../db/transaction.ts";

/** Every attempt is kept: when, what came of it, the other side's word, where. */
export interface Attempt {
  deliveryId: string;
  outcome: "sent" | "found" | "told" | "digested" | "retry" | "wait" | "hold" | "simplify" | "give-up";
  error?: string;
  /** The channel; of a webhook its host. */
  channelId: string;
  permalink?: string;
}

export async function keepAttempt(tx: Transaction, attempt: Attempt): Promise<void> {
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
