import { attemptWords } from "../../deliver/ledger/attempt-words.ts";
import type { Attempt, Delivery } from "../../deliver/ledger/list-deliveries.ts";
import type { DeliveryBody, DeliveryWithAttempts } from "../contract/delivery.ts";

export function showDelivery({ alertId: _, lastAttemptAt, ...delivery }: Delivery): DeliveryBody {
  return { ...delivery, lastAttemptAt: lastAttemptAt?.toISOString() ?? null };
}

export function showAttempt({ deliveryId: _, destinationType, at, ...attempt }: Attempt) {
  return { ...attempt, at: at.toISOString(), says: attemptWords({ ...attempt, destinationType }) };
}

export function showWithAttempts(delivery: Delivery, attempts: Attempt[]): DeliveryWithAttempts {
  const own = attempts.filter((attempt) => attempt.deliveryId === delivery.id);
  return { ...showDelivery(delivery), tries: own.map(showAttempt) };
}
