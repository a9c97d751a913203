interface Scope {
  name: string;
  /** Why Tocsin asks for it, in words for whoever approves the app. */
  reason: string;
}

export const neededScopes: readonly Scope[] = [
  { name: "chat:write", reason: "posts each alert's card and keeps it up to date" },
  { name: "commands", reason: "lets people find an alert by a command or a message's menu" },
  {
    name: "channels:read",
    reason: "finds the public channel that alerts go to, and sees when it is renamed or archived",
  },
  { name: "groups:read", reason: "the same for private channels, only for those it was invited to" },
  { name: "users:read", reason: "checks who acts on an alert, only for people who click or are asked" },
  { name: "users:read.email", reason: "matches them with Tocsin's users by e-mail" },
  { name: "app_mentions:read", reason: "answers messages that name the bot, and sees no others" },
  { name: "im:write", reason: "asks an employee about something on their account by direct message" },
];

/** Tocsin can live without it: then a card whose answer was lost may be posted twice. */
export const metadataScope: Scope = {
  name: "metadata.message:read",
  reason: "recognises a card that Slack posted without confirming it, so that it isn't posted twice",
};

/** Those of the thread mirror, which its switch adds to the manifest. */
export const mirrorScopes: readonly Scope[] = [
  { name: "channels:history", reason: "keeps replies to cards in public channels as comments" },
  { name: "groups:history", reason: "keeps replies to cards in private channels as comments" },
];

/** The names that Tocsin needs and was not granted, from the scopes that `auth.test` reports. */
export function missingScopes(
  granted: readonly string[],
  mirror: "with-mirror" | "without-mirror",
): string[] {
  const needed = mirror === "with-mirror" ? [...neededScopes, ...mirrorScopes] : neededScopes;
  return needed.map(({ name }) => name).filter((name) => !granted.includes(name));
}
