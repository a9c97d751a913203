import type { ManifestError } from "./manifest-error.ts";
import type { Manifest } from "./schema/manifest.ts";
import { knownEvents } from "./rules/known-events.ts";
import { knownScopes } from "./rules/known-scopes.ts";

const complain = (is: boolean, message: string, pointer: string): ManifestError[] =>
  is ? [{ message, pointer }] : [];

const inTicks = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

function aboutScopes({ oauth_config, features, settings }: Manifest): ManifestError[] {
  const { bot = [], bot_optional = [] } = oauth_config?.scopes ?? {};
  const at = "/oauth_config/scopes";
  const unknown = [...new Set([...bot, ...bot_optional])].filter((scope) => !knownScopes.has(scope));
  const lone = bot_optional.filter((scope) => !bot.includes(scope));
  const lacks = !bot.includes("commands");
  return [
    ...complain(unknown.length > 0, `Illegal bot scopes found ${inTicks(unknown)}`, `${at}/bot`),
    ...complain(
      lone.length > 0,
      `Optional bot scopes must also be listed in bot scopes: ${inTicks(lone)}`,
      `${at}/bot_optional`,
    ),
    ...complain(bot.length > 0 && !features?.bot_user, "Bot scopes require a bot user", "/features/bot_user"),
    ...complain(
      lacks && features?.slash_commands !== undefined,
      "Slash Commands requires `commands` bot scope",
      "/features/slash_commands",
    ),
    ...complain(
      lacks && features?.shortcuts !== undefined,
      "Shortcuts requires `commands` bot scope",
      "/features/shortcuts",
    ),
    ...complain(
      settings?.org_deploy_enabled === true && bot.length === 0,
      "Org deploy requires at least one bot scope",
      "/settings/org_deploy_enabled",
    ),
  ];
}

function aboutEvents({ oauth_config, settings }: Manifest): ManifestError[] {
  const granted = new Set(oauth_config?.scopes?.bot);
  return (settings?.event_subscriptions?.bot_events ?? []).flatMap((event, index) => {
    const pointer = `/settings/event_subscriptions/bot_events/${index}`;
    const needed = knownEvents.get(event);
    if (!needed) return [{ message: `invalid event type: ${event}`, pointer }];
    const isOpen = needed.length === 0 || needed.some((scope) => granted.has(scope));
    const one = needed.length > 1 ? "one of the bot scopes" : "bot scope";
    return complain(!isOpen, `Event \`${event}\` requires ${one} ${inTicks(needed)}`, pointer);
  });
}

/** In Socket Mode nothing needs an address; else all that is called does. */
function aboutAddresses({ features, settings }: Manifest): ManifestError[] {
  if (settings?.socket_mode_enabled) return [];
  const { event_subscriptions: events, interactivity } = settings ?? {};
  const listens = [events?.bot_events, events?.user_events].some((all) => all && all.length > 0);
  return [
    ...complain(
      listens && !events?.request_url,
      "Event Subscription requires either Request URL or Socket Mode Enabled",
      "/settings/event_subscriptions",
    ),
    ...complain(
      interactivity?.is_enabled === true && !interactivity.request_url,
      "Interactivity requires a Request URL",
      "/settings/interactivity",
    ),
    ...(features?.slash_commands ?? []).flatMap(({ url }, index) =>
      complain(
        !url,
        "Slash Command requires either a Request URL or Socket Mode Enabled",
        `/features/slash_commands/${index}/url`,
      ),
    ),
  ];
}

/** What fits the shape of a manifest and is still wrong: names that Slack doesn't know, and parts that need others. */
export const findContradictions = (given: Manifest): ManifestError[] => [
  ...aboutScopes(given),
  ...aboutEvents(given),
  ...aboutAddresses(given),
];
