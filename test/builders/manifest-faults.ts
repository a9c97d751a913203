import {
  type Manifest,
  type ManifestSettings,
  subscribedEvents,
} from "../../src/slack/manifest/make-manifest.ts";
import { mirrorMethods, scopesOfMethods } from "./scopes-of-methods.ts";
import { calledMethods, isHandledEvent, isUsedMetadata } from "./what-is-used.ts";

/** Scopes that no method or event needs: for commands and shortcuts, and for the email in `users.info`. */
const otherScopes = ["commands", "users:read.email"];

/** Faults of a manifest by rules that Slack's schema does not have; empty if there are none. */
export function manifestFaults(manifest: Manifest, settings: ManifestSettings): string[] {
  return [
    ...aboutScopes(manifest, settings),
    ...aboutEvents(manifest, settings),
    ...aboutAddresses(manifest),
  ];
}

function aboutScopes({ oauth_config, features }: Manifest, { threadMirror }: ManifestSettings): string[] {
  const { bot, bot_optional } = oauth_config.scopes;
  const methods = calledMethods().filter((method) => threadMirror || !mirrorMethods.includes(method));
  const users = [
    ...methods.map((name) => ({ name, scopes: scopesOfMethods[name] ?? [`(${name} is in no table)`] })),
    ...subscribedEvents,
  ];
  const used = new Set([...otherScopes, ...users.flatMap(({ scopes }) => scopes)]);
  const uncovered = users
    .filter(({ name }) => methods.includes(name))
    .filter(({ scopes }) => scopes.length > 0 && !scopes.some((scope) => bot.includes(scope)));
  const hasCommands = features.slash_commands.length > 0 || features.shortcuts.length > 0;
  return [
    ...uncovered.map(({ name, scopes }) => `${name} needs ${scopes.join(" or ")}`),
    ...bot.filter((scope) => !used.has(scope)).map((scope) => `nothing uses ${scope}`),
    ...bot_optional.filter((scope) => !bot.includes(scope)).map((scope) => `bot_optional has ${scope} alone`),
    ...(hasCommands && !bot.includes("commands") ? ["slash commands and shortcuts need commands"] : []),
    ...repeated(bot),
  ];
}

function aboutEvents(
  { oauth_config, settings }: Manifest,
  { orgWide, threadMirror }: ManifestSettings,
): string[] {
  const { bot_events: events, metadata_subscriptions: metadata } = settings.event_subscriptions;
  const { bot } = oauth_config.scopes;
  const known = new Map(subscribedEvents.map((event) => [event.name, event]));
  const on = { "org-wide": orgWide, "thread-mirror": threadMirror };
  const wanted = subscribedEvents.filter(({ only }) => !only || on[only]).map(({ name }) => name);
  return [
    ...events
      .filter((event) => !known.has(event) || !isHandledEvent(event))
      .map((event) => `nothing handles ${event}`),
    ...wanted.filter((event) => !events.includes(event)).map((event) => `${event} is not subscribed`),
    ...events.flatMap((event) => {
      const scopes = known.get(event)?.scopes ?? [];
      const open = scopes.length === 0 || scopes.some((scope) => bot.includes(scope));
      return open ? [] : [`${event} needs ${scopes.join(" or ")}`];
    }),
    ...metadata
      .filter(({ event_type }) => !isUsedMetadata(event_type))
      .map(({ event_type }) => `nothing writes ${event_type}`),
    ...repeated(events),
  ];
}

function aboutAddresses({ features, settings }: Manifest): string[] {
  if (settings.socket_mode_enabled) return [];
  const called = [
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
    settings.interactivity.message_menu_options_url,
    ...features.slash_commands.map(({ url }) => url),
  ];
  return called.every(Boolean) ? [] : ["an address is missing, without Socket Mode"];
}

function repeated(names: string[]): string[] {
  return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is listed twice`);
}
