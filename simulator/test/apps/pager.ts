import { stringify } from "yaml";

/** The manifest of a small app, all of whose addresses are one. */
export const pager = (url: string, scopes = ["chat:write", "commands", "channels:read", "users:read"]) => ({
  display_information: { name: "Pager" },
  features: {
    bot_user: { display_name: "Pager" },
    slash_commands: [{ command: "/page", url, description: "Page somebody" }],
  },
  oauth_config: {
    redirect_urls: [new URL("/slack/oauth_redirect", url).href],
    scopes: { bot: scopes, bot_optional: ["users:read"] },
  },
  settings: {
    event_subscriptions: {
      request_url: url,
      bot_events: ["member_joined_channel", "app_uninstalled", "tokens_revoked"],
    },
    interactivity: { is_enabled: true, request_url: url },
  },
});

export const pagerYaml = (url: string): string => stringify(pager(url));
