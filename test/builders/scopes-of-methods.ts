/** The scopes of which Slack wants one for each method that Tocsin calls; a test compares it with Slack's reference. */
export const scopesOfMethods: Readonly<Record<string, readonly string[]>> = {
  "apps.connections.open": [],
  "auth.teams.list": [],
  "auth.test": [],
  "bots.info": ["users:read"],
  "chat.getPermalink": [],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.list": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history"],
  "oauth.v2.access": [],
  "users.conversations": ["channels:read", "groups:read"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "users.lookupByEmail": ["users:read.email"],
  "views.open": [],
  "views.publish": [],
  "views.push": [],
  "views.update": [],
};

/** Called only where the thread mirror's scopes were granted. */
export const mirrorMethods: readonly string[] = ["conversations.history", "conversations.replies"];
