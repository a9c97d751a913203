const words: Record<string, string> = {
  "app_mentions:read": "View messages that directly mention it in conversations that it is in",
  "channels:history": "View messages and other content in public channels that it has been added to",
  "channels:join": "Join public channels in a workspace",
  "channels:read": "View basic information about public channels in a workspace",
  "chat:write": "Send messages as itself",
  "chat:write.public": "Send messages to channels it isn't a member of",
  commands: "Add shortcuts and/or slash commands that people can use",
  "groups:history": "View messages and other content in private channels that it has been added to",
  "groups:read": "View basic information about private channels that it has been added to",
  "im:history": "View messages and other content in direct messages that it has been added to",
  "im:write": "Start direct messages with people",
  "metadata.message:read": "Read metadata in channels that it has been added to",
  "team:read": "View the name, email domain, and icon for workspaces it is connected to",
  "users:read": "View people in a workspace",
  "users:read.email": "View email addresses of people in a workspace",
};

/** What a scope lets an app do, for whoever allows it; its name where there are no words for it. */
export const scopeWords = (scope: string): string => words[scope] ?? scope;
