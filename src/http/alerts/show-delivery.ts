import type { Attempt, Delivery } from "../../deliver/ledger/list-deliveries.ts";
import type { DeliveryBody, DeliveryWithAttempts } from "../contract/delivery.ts";

export function showDelivery({ alertId: _, lastAttemptAt, ...delivery }: Delivery): DeliveryBody {
  return { ...delivery, lastAttemptAt: lastAttemptAt?.toISOString() ?? null };
}

export function showWithAttempts(delivery: Delivery, attempts: Attempt[]): DeliveryWithAttempts {
  const own = attempts.filter((attempt) => attempt.deliveryId === delivery.id);
  const tries = own.map(({ deliveryId: _, at, ...attempt }) => ({ ...attempt, at: at.toISOString() }));
  return { ...showDelivery(delivery), tries };
}
