import type { AppSettings, SlashCommand } from "../../workspace/app.ts";
import type { Manifest } from "./schema/manifest.ts";

type Features = NonNullable<Manifest["features"]>;

const command = (given: NonNullable<Features["slash_commands"]>[number]): SlashCommand => ({
  command: given.command,
  description: given.description,
  usageHint: given.usage_hint ?? "",
  url: given.url,
  shouldEscape: given.should_escape ?? false,
});

function features({ features: given, display_information }: Manifest) {
  const { app_home: home, bot_user: bot, shortcuts = [], slash_commands = [] } = given ?? {};
  return {
    botName: bot?.display_name ?? display_information.name,
    commands: slash_commands.map(command),
    shortcuts: shortcuts.map(({ callback_id, ...rest }) => ({ ...rest, callbackId: callback_id })),
    homeTab: home?.home_tab_enabled ?? false,
    messagesTab: home?.messages_tab_enabled ?? true,
    messagesReadOnly: home?.messages_tab_read_only_enabled ?? false,
  };
}

function callbacks({ settings: given }: Manifest) {
  const { event_subscriptions: events, interactivity } = given ?? {};
  const enabled = interactivity?.is_enabled ? interactivity : undefined;
  return {
    events: new Set(events?.bot_events),
    metadata: (events?.metadata_subscriptions ?? []).map(({ app_id, event_type }) => ({
      appId: app_id,
      eventType: event_type,
    })),
    requestUrl: events?.request_url,
    interactivityUrl: enabled?.request_url,
    optionsUrl: enabled?.message_menu_options_url,
  };
}

/** The settings of an app that follow from its manifest. */
export const settingsOf = (manifest: Manifest): AppSettings => ({
  ...features(manifest),
  ...callbacks(manifest),
  scopes: manifest.oauth_config?.scopes?.bot ?? [],
  optionalScopes: manifest.oauth_config?.scopes?.bot_optional ?? [],
  redirectUrls: manifest.oauth_config?.redirect_urls ?? [],
  socketMode: manifest.settings?.socket_mode_enabled ?? false,
  orgDeploy: manifest.settings?.org_deploy_enabled ?? false,
});
