export interface Scope {
  name: string;
  /** Why Tocsin needs it, for the person who approves the app. */
  reason: string;
  /** What doesn't work without it; completes “without it …”. */
  cost: string;
}

/** A scope that was not granted. */
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
    reason: "adds the command /tocsin and “Add to alert” in a message's menu",
    cost: "/tocsin and “Add to alert” are missing",
  },
  {
    name: "channels:read",
    reason: "finds the public channels that alerts go to, and notices when one is renamed or archived",
    cost: "public channels can't be found, and Tocsin doesn't notice when one is archived or the bot is invited",
  },
  {
    name: "groups:read",
    reason: "the same for private channels that the bot was invited to",
    cost: "private channels can't take alerts",
  },
  {
    name: "users:read",
    reason: "looks up the people who click or are asked, and nobody else",
    cost: "nobody can act on an alert from Slack",
  },
  {
    name: "users:read.email",
    reason: "matches them with Tocsin's users by email",
    cost: "nobody can act on an alert from Slack, since nobody is recognised",
  },
  {
    name: "app_mentions:read",
    reason: "answers messages that mention the bot, and sees no others",
    cost: "mentioning the bot does nothing",
  },
  {
    name: "im:write",
    reason: "sends an employee a question about their account as a direct message",
    cost: "Boomerangs to people can't be sent",
  },
];

export const metadataScope: Scope = {
  name: "metadata.message:read",
  reason: "recognises a card that Slack posted but didn't confirm; contains no message text",
  cost: "a card may be posted twice when Slack's answer is lost",
};

/** Tocsin works without these, so the manifest lets the person who approves the app withhold them. */
export const optionalScopes: readonly Scope[] = [metadataScope];

/** The scopes of the thread mirror; in the manifest only while it is on. */
export const mirrorScopes: readonly Scope[] = [
  {
    name: "channels:history",
    reason:
      "keeps replies to cards in public channels as comments; Slack sends every message of the channels that the bot is in, and Tocsin discards all others unread",
    cost: "replies to cards in public channels aren't kept",
  },
  {
    name: "groups:history",
    reason: "the same for private channels that the bot was invited to",
    cost: "replies to cards in private channels aren't kept",
  },
];

/** The scopes that the enabled features need. */
export function requiredScopes(mirror: Mirror): Scope[] {
  return mirror === "with-mirror" ? [...neededScopes, ...mirrorScopes] : [...neededScopes];
}

/** The scopes that `auth.test` reports as granted; null if Slack didn't say. */
export type GrantedScopes = readonly string[] | null;

/** The names of required scopes that were not granted. */
export function missingScopes(granted: GrantedScopes, mirror: Mirror): string[] {
  return requiredScopes(mirror)
    .map(({ name }) => name)
    .filter((name) => granted && !granted.includes(name));
}

/** All scopes that were not granted, optional ones included, with what doesn't work without them. */
export function withheldScopes(granted: GrantedScopes, mirror: Mirror): WithheldScope[] {
  const requested = [
    ...requiredScopes(mirror).map((scope) => ({ ...scope, optional: false })),
    ...optionalScopes.map((scope) => ({ ...scope, optional: true })),
  ];
  return requested
    .filter(({ name }) => granted && !granted.includes(name))
    .map(({ name, cost, optional }) => ({ name, cost, optional }));
}

/** What doesn't work without a scope; undefined for a scope that Tocsin doesn't request. */
export function costOf(name: string): string | undefined {
  return [...neededScopes, ...optionalScopes, ...mirrorScopes].find((scope) => scope.name === name)?.cost;
}
