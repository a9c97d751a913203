import { attemptWords } from "../../deliver/destinations/attempt-text.ts";
import type { Attempt, Delivery } from "../../outbox/list-deliveries.ts";
import type { DeliveryBody, DeliveryWithAttempts } from "../../outbox/contract.ts";

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
