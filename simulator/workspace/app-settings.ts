/** A word that people may type in the composer, as `/tocsin`. */
export type SlashCommand = {
  command: string;
  description: string;
  usageHint: string;
  /** Where it is sent; unset in Socket Mode. */
  url: string | undefined;
  /** Whether mentions in its text come as `<@U…>` and `<#C…>`. */
  shouldEscape: boolean;
};

/** An entry of the shortcuts menu (`global`) or of a message's own menu (`message`). */
export type Shortcut = { name: string; callbackId: string; type: "global" | "message"; description: string };

/** What an app's manifest means. Scopes count only from the next installation on. */
export type AppSettings = {
  botName: string;
  /** Bot scopes it asks for, and those of them that whoever installs it may withhold. */
  scopes: readonly string[];
  optionalScopes: readonly string[];
  /** Events it subscribed to, by the names of the manifest, as `message.channels`. */
  events: ReadonlySet<string>;
  /** Which metadata of messages it wants to hear of; `*` is any app. */
  metadata: readonly { appId: string; eventType: string }[];
  /** Where events go; nothing is sent while it is unset. Socket Mode takes the place of all addresses. */
  requestUrl: string | undefined;
  /** Where clicks and dialogs go; for option loading `optionsUrl`, when it is set, goes before. */
  interactivityUrl: string | undefined;
  optionsUrl: string | undefined;
  commands: readonly SlashCommand[];
  shortcuts: readonly Shortcut[];
  redirectUrls: readonly string[];
  socketMode: boolean;
  orgDeploy: boolean;
  homeTab: boolean;
  messagesTab: boolean;
  messagesReadOnly: boolean;
};
