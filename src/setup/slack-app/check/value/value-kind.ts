/** The things that stand near each other on Slack's pages, and are pasted for one another. */
export type ValueKind =
  | "bot-token"
  | "rotating-token"
  | "user-token"
  | "app-token"
  | "config-token"
  | "webhook"
  | "link"
  | "client-id"
  | "secret"
  | "app-id"
  | "masked"
  | "other";

const shapes: [ValueKind, RegExp][] = [
  ["masked", /[•●*…]{3}|^\.{3}|\.{3}$/],
  ["rotating-token", /^xoxe\.xoxb-/],
  ["config-token", /^xoxe/],
  ["bot-token", /^xoxb-./],
  ["user-token", /^xox[psac]-/],
  ["app-token", /^xapp-./],
  ["webhook", /^https:\/\/hooks\.slack(-gov)?\.com\//],
  ["link", /^https?:\/\//],
  ["client-id", /^\d+\.\d+$/],
  ["app-id", /^A[A-Z0-9]{7,14}$/],
  ["secret", /^[0-9a-f]{32}$/],
];

/** What a value is by its looks. A Client Secret and a Signing Secret look the same. */
export function valueKind(value: string): ValueKind {
  return shapes.find(([, shape]) => shape.test(value))?.[0] ?? "other";
}
