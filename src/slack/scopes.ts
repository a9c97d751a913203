export interface Scope {
  name: string;
  /** Why Tocsin asks for it, in words for whoever approves the app. */
  reason: string;
  /** What is lost where it is withheld, as the end of a sentence. */
  cost: string;
}

/** One that was not granted, and what is lost by it. */
export interface WithheldScope {
  name: string;
  cost: string;
  optional: boolean;
}

export type Mirror = "with-mirror" | "without-mirror";

export const neededScopes: readonly Scope[] = [
  {
    name: "chat:write",
    reason: "posts each alert's card and keeps it up to date",
    cost: "no alert reaches Slack",
  },
  {
    name: "commands",
    reason: "lets people find an alert by a command or a message's menu",
    cost: "neither /tocsin nor “Add to alert” is there",
  },
  {
    name: "channels:read",
    reason: "finds the public channel that alerts go to, and sees when it is renamed or archived",
    cost: "public channels can't be found, nor is it noticed when one is archived or the bot is invited",
  },
  {
    name: "groups:read",
    reason: "the same for private channels, only for those it was invited to",
    cost: "private channels can't take alerts",
  },
  {
    name: "users:read",
    reason: "checks who acts on an alert, only for people who click or are asked",
    cost: "nobody can act on an alert from Slack",
  },
  {
    name: "users:read.email",
    reason: "matches them with Tocsin's users by e-mail",
    cost: "nobody can act on an alert from Slack, since nobody is recognised",
  },
  {
    name: "app_mentions:read",
    reason: "answers messages that name the bot, and sees no others",
    cost: "mentioning the bot does nothing",
  },
  {
    name: "im:write",
    reason: "asks an employee about something on their account by direct message",
    cost: "Boomerangs to people can't be sent",
  },
];

export const metadataScope: Scope = {
  name: "metadata.message:read",
  reason: "recognises a card that Slack posted without confirming it; carries no message's text",
  cost: "a card may come twice when Slack's answer is lost",
};

/** Tocsin can live without them, so the manifest leaves the choice to whoever approves the app. */
export const optionalScopes: readonly Scope[] = [metadataScope];

/** Those of the thread mirror, which its switch adds to the manifest. */
export const mirrorScopes: readonly Scope[] = [
  {
    name: "channels:history",
    reason:
      "keeps replies to cards in public channels as comments; Slack sends every message of the channels that the bot is in, and Tocsin drops the others unread",
    cost: "what people write under a card in a public channel isn't kept",
  },
  {
    name: "groups:history",
    reason: "the same for private channels that the bot was invited to",
    cost: "what people write under a card in a private channel isn't kept",
  },
];

/** What the features that are switched on can't do without. */
export function requiredScopes(mirror: Mirror): Scope[] {
  return mirror === "with-mirror" ? [...neededScopes, ...mirrorScopes] : [...neededScopes];
}

/** The names that Tocsin needs and was not granted, from the scopes that `auth.test` reports. */
export function missingScopes(granted: readonly string[], mirror: Mirror): string[] {
  return requiredScopes(mirror)
    .map(({ name }) => name)
    .filter((name) => !granted.includes(name));
}

/** All that was not granted, with what each costs; optional ones too. */
export function withheldScopes(granted: readonly string[], mirror: Mirror): WithheldScope[] {
  const asked = [
    ...requiredScopes(mirror).map((scope) => ({ ...scope, optional: false })),
    ...optionalScopes.map((scope) => ({ ...scope, optional: true })),
  ];
  return asked
    .filter(({ name }) => !granted.includes(name))
    .map(({ name, cost, optional }) => ({ name, cost, optional }));
}

/** What is lost without a scope; undefined for one that Tocsin doesn't ask for. */
export function costOf(name: string): string | undefined {
  return [...neededScopes, ...optionalScopes, ...mirrorScopes].find((scope) => scope.name === name)?.cost;
}
