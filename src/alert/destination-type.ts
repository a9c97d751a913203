/** The types of destinations; each is a folder in `deliver/`. */
export const destinationTypes = ["slack-bot", "custom-webhook"] as const;
export type DestinationType = (typeof destinationTypes)[number];
