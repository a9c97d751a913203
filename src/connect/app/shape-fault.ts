import type { SecretName } from "./slack-app.ts";
import { type Verdict, wrongVerdict } from "./verdict.ts";

interface Field {
  accepted: readonly ValueKind[];
  name: string;
  remedy: string;
}

const fields: Record<SecretName, Field> = {
  botToken: {
    accepted: ["bot-token"],
    name: "a Bot OAuth Token",
    remedy:
      "Copy the Bot User OAuth Token, which begins with xoxb-, in Slack under OAuth & Permissions. It is there once the app is installed.",
  },
  appToken: {
    accepted: ["app-token"],
    name: "an App-Level Token",
    remedy:
      "In Slack under Basic Information > App-Level Tokens, press Generate Token and Scopes, add connections:write, and copy the token, which begins with xapp-.",
  },
  clientId: {
    accepted: ["client-id"],
    name: "a Client ID",
    remedy:
      "Copy the Client ID, two numbers with a dot between them, in Slack under Basic Information > App Credentials.",
  },
  clientSecret: {
    accepted: ["secret", "other"],
    name: "a Client Secret",
    remedy:
      "In Slack under Basic Information > App Credentials, press Show next to Client Secret and copy it.",
  },
  signingSecret: {
    accepted: ["secret", "other"],
    name: "a Signing Secret",
    remedy:
      "In Slack under Basic Information > App Credentials, press Show next to Signing Secret and copy it.",
  },
};

const descriptions: Record<Exclude<ValueKind, "other">, string> = {
  "bot-token": "This is a Bot OAuth Token",
  "rotating-token": "This token expires after 12 hours because token rotation is on for the app",
  "user-token": "This is a user token",
  "app-token": "This is an App-Level Token",
  "config-token": "This is an App Configuration Token",
  webhook: "This is an incoming webhook's address",
  link: "This is a link",
  "client-id": "This is a Client ID",
  secret: "This looks like a Client Secret or Signing Secret",
  "app-id": "This is an App ID",
  masked: "This is a masked value with dots instead of characters",
};

const rotationRemedy =
  "Token rotation can't be turned off again. Create a new app from Tocsin's manifest, which leaves it off.";

/** The verdict on a value of the wrong shape; null if its shape is right. */
export function shapeFault(field: SecretName, value: string): Verdict | null {
  const { accepted, name, remedy } = fields[field];
  const kind = valueKind(value);
  const odd = kind === "masked" ? undefined : /[^\x21-\x7e]/u.exec(value)?.[0];
  if (odd) {
    const sentence = `This contains “${odd}”, which ${name} never does: it was changed on the way, for example by a word processor or chat.`;
    return wrongVerdict("odd_character", sentence, remedy);
  }
  if (accepted.includes(kind)) return null;
  const code = kind === "other" ? `not_${field}` : `is_${kind.replaceAll("-", "_")}`;
  if (kind === "rotating-token" && field === "botToken")
    return wrongVerdict(code, `${descriptions[kind]}.`, rotationRemedy);
  if (kind === "other") return wrongVerdict(code, `This doesn't look like ${name}.`, remedy);
  return wrongVerdict(code, `${descriptions[kind]}, not ${name}.`, remedy);
}

/** Values on Slack's pages that people mistake for one another. */
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
  ["masked", /[•●∙·⋅◦⬤＊*]{3}|…|^\.{3}|\.{3}$/],
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

/** The kind of a value by its shape. Client Secrets and Signing Secrets have the same shape. */
function valueKind(value: string): ValueKind {
  return shapes.find(([, shape]) => shape.test(value))?.[0] ?? "other";
}
