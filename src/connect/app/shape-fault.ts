import type { SecretName } from "./slack-app.ts";
import { type Verdict, wrong } from "./verdict.ts";

interface Field {
  right: readonly ValueKind[];
  name: string;
  remedy: string;
}

const fields: Record<SecretName, Field> = {
  botToken: {
    right: ["bot-token"],
    name: "a Bot OAuth Token",
    remedy:
      "Copy the Bot User OAuth Token, which begins with xoxb-, in Slack under OAuth & Permissions. It is there once the app is installed.",
  },
  appToken: {
    right: ["app-token"],
    name: "an App-Level Token",
    remedy:
      "In Slack under Basic Information > App-Level Tokens, press Generate Token and Scopes, add connections:write, and copy what begins with xapp-.",
  },
  clientId: {
    right: ["client-id"],
    name: "a Client ID",
    remedy:
      "Copy the Client ID, two numbers with a dot between them, in Slack under Basic Information > App Credentials.",
  },
  clientSecret: {
    right: ["secret", "other"],
    name: "a Client Secret",
    remedy:
      "Press Show beside Client Secret in Slack under Basic Information > App Credentials, and copy it.",
  },
  signingSecret: {
    right: ["secret", "other"],
    name: "a Signing Secret",
    remedy:
      "Press Show beside Signing Secret in Slack under Basic Information > App Credentials, and copy it.",
  },
};

const words: Record<Exclude<ValueKind, "other">, string> = {
  "bot-token": "This is a Bot OAuth Token",
  "rotating-token": "This token expires after 12 hours, since token rotation is on for the app",
  "user-token": "This is the token of a person",
  "app-token": "This is an App-Level Token",
  "config-token": "This is an App Configuration Token",
  webhook: "This is the address of an incoming webhook",
  link: "This is a link",
  "client-id": "This is a Client ID",
  secret: "This looks like a Client Secret or Signing Secret",
  "app-id": "This is an App ID",
  masked: "This is the hidden form of it, with dots in place of characters",
};

const rotation =
  "Rotation can't be switched off again: make the app anew from Tocsin's manifest, which leaves it off.";

/** What is wrong with a value by its looks alone; null if it may be right. */
export function shapeFault(field: SecretName, value: string): Verdict | null {
  const { right, name, remedy } = fields[field];
  const kind = valueKind(value);
  if (right.includes(kind)) return null;
  const code = kind === "other" ? `not_${field}` : `is_${kind.replaceAll("-", "_")}`;
  if (kind === "rotating-token" && field === "botToken") return wrong(code, `${words[kind]}.`, rotation);
  if (kind === "other") return wrong(code, `This doesn't look like ${name}.`, remedy);
  return wrong(code, `${words[kind]}, not ${name}.`, remedy);
}

/** The things that stand near each other on Slack's pages, and are pasted for one another. */
type ValueKind =
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
function valueKind(value: string): ValueKind {
  return shapes.find(([, shape]) => shape.test(value))?.[0] ?? "other";
}
