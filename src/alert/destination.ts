export const deliveryStates = [
  "waiting",
  "held",
  "sending",
  "sent",
  "digested",
  "failed",
  "not_delivered",
] as const;
/** Where one alert stands at one destination. */
export type DeliveryState = (typeof deliveryStates)[number];
