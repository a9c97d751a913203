/**
 * For each method that Tocsin calls, the scopes of which Slack needs one. A test compares them with Slack's
 * reference.
 */
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

/** Methods that are called only with the scopes of the thread mirror. */
export const mirrorMethods: readonly string[] = ["conversations.history", "conversations.replies"];
