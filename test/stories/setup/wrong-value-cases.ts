import type { Slack } from "../../../simulator/story/story.ts";
import { neededScopes } from "../../../src/slack/scopes.ts";

/** A wrong value for a field of the form, and the sentence that the form shows for it. */
export interface Case {
  field: "botToken" | "clientId" | "clientSecret" | "signingSecret" | "appToken" | "channel";
  what: string;
  value: string | (() => string | Promise<string>);
  /** Sets up Slack so that the value is wrong, if it isn't wrong by itself. */
  when?: () => Promise<unknown>;
  more?: () => object;
  says: string;
  state?: string;
}

export const granted = neededScopes.map(({ name }) => name);
const hex = "0123456789abcdef0123456789abcdef";

interface Tools {
  slack: Slack;
  /** Sends Tocsin a request as Slack, signed with this secret, from this app. */
  sendSigned: (secret: string, app: string) => Promise<void>;
}

/** The wrong values that an administrator may enter. */
export const wrongValueCases = (tools: Tools): Case[] => [
  ...botTokens(tools),
  ...appTokens(tools),
  ...secrets(tools),
  ...channels(tools),
];

function botTokens({ slack, sendSigned }: Tools): Case[] {
  const { botToken, signingSecret } = slack.app;
  return [
    {
      field: "botToken",
      what: "a user token",
      value: "xoxp-1-2-3",
      says: "This is a user token, not a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "an App-Level Token",
      value: "xapp-1-A0TOCSIN01-1-abc",
      says: "This is an App-Level Token, not a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "a webhook's address",
      value: "https://hooks.slack.com/services/T0/B0/x",
      says: "This is an incoming webhook's address, not a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "a rotating token",
      value: "xoxe.xoxb-1-abc",
      says: "This token expires after 12 hours because token rotation is on for the app.",
    },
    {
      field: "botToken",
      what: "an App Configuration Token",
      value: "xoxe.xoxp-1-abc",
      says: "This is an App Configuration Token, not a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "a secret",
      value: hex,
      says: "This looks like a Client Secret or Signing Secret, not a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "a masked value",
      value: "••••••••••••",
      says: "This is a masked value with dots instead of characters, not a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "the address of Slack's page",
      value: "https://api.slack.com/apps/A0TOCSIN01",
      says: "This is a link, not a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "something else",
      value: "Tocsin",
      says: "This doesn't look like a Bot OAuth Token.",
    },
    {
      field: "botToken",
      what: "an incomplete token",
      value: `${botToken.slice(0, -3)}`,
      says: "Slack refuses this token: Slack doesn't know the bot token.",
    },
    {
      field: "botToken",
      what: "a revoked token",
      value: botToken,
      when: () => slack.ask("setApp", { state: "token_revoked" }),
      says: "Slack refuses this token: The bot token was revoked, or the app was removed.",
    },
    {
      field: "botToken",
      what: "the token of an uninstalled app",
      value: botToken,
      when: () => slack.ask("setApp", { state: "account_inactive" }),
      says: "Slack refuses this token: The bot's account or its workspace was deactivated.",
    },
    {
      field: "botToken",
      what: "a token without a scope",
      value: botToken,
      when: withoutScope(slack, "groups:read"),
      says: "The app was not granted groups:read (without it private channels can't take alerts).",
      state: "warning",
    },
    {
      field: "botToken",
      what: "a token without users:read",
      value: botToken,
      when: withoutScope(slack, "users:read"),
      says: "The app was not granted users:read (without it nobody can act on an alert from Slack).",
      state: "warning",
    },
    {
      field: "botToken",
      what: "a token without the thread mirror's scopes",
      value: botToken,
      more: () => ({ threadMirror: true }),
      says: "The app was not granted channels:history (without it replies to cards in public channels aren't kept); groups:history (without it replies to cards in private channels aren't kept).",
      state: "warning",
    },
    {
      field: "botToken",
      what: "the token of another app than the one that sends requests",
      value: botToken,
      when: () => sendSigned(signingSecret, "A0ANOTHER1"),
      more: () => ({ signingSecret }),
      says: "This token belongs to the app A0TOCSIN01, but Slack's requests come from A0ANOTHER1.",
    },
  ];
}

function appTokens({ slack }: Tools): Case[] {
  const { botToken } = slack.app;
  return [
    {
      field: "appToken",
      what: "a Bot OAuth Token",
      value: botToken,
      says: "This is a Bot OAuth Token, not an App-Level Token.",
    },
    {
      field: "appToken",
      what: "an App Configuration Token",
      value: "xoxe.xoxp-1-abc",
      says: "This is an App Configuration Token, not an App-Level Token.",
    },
    {
      field: "appToken",
      what: "a token that Slack doesn't know",
      value: "xapp-1-A0TOCSIN01-1-abc",
      says: "Slack doesn't know this App-Level Token: it was revoked or is incomplete.",
    },
    {
      field: "appToken",
      what: "a token without connections:write",
      value: async () =>
        (await slack.ask("makeAppToken", { app: "A0TOCSIN01", scopes: ["authorizations:read"] })).appToken,
      says: "This App-Level Token lacks connections:write.",
    },
    {
      field: "appToken",
      what: "a token of another app than the bot token's",
      value: async () => (await slack.ask("makeAppToken", { app: await otherApp(slack) })).appToken,
      more: () => ({ botToken }),
      says: "This App-Level Token belongs to the app A…, but the Bot OAuth Token belongs to A0TOCSIN01.",
    },
  ];
}

function secrets({ slack, sendSigned }: Tools): Case[] {
  const { botToken, signingSecret, clientId, clientSecret } = slack.app;
  return [
    {
      field: "clientId",
      what: "an App ID",
      value: "A0TOCSIN01",
      says: "This is an App ID, not a Client ID.",
    },
    {
      field: "clientId",
      what: "a secret",
      value: hex,
      says: "This looks like a Client Secret or Signing Secret, not a Client ID.",
    },
    {
      field: "clientId",
      what: "a Client ID that Slack doesn't know",
      value: "1.2",
      more: () => ({ clientSecret }),
      says: "Slack has no app with this Client ID.",
    },
    {
      field: "clientSecret",
      what: "the Client ID",
      value: clientId,
      says: "This is a Client ID, not a Client Secret.",
    },
    {
      field: "clientSecret",
      what: "the Signing Secret",
      value: signingSecret,
      more: () => ({ clientId }),
      says: "This Client Secret doesn't belong to this Client ID.",
    },
    {
      field: "signingSecret",
      what: "a token",
      value: botToken,
      says: "This is a Bot OAuth Token, not a Signing Secret.",
    },
    {
      field: "signingSecret",
      what: "the Client Secret",
      value: clientSecret,
      when: () => sendSigned(signingSecret, "A0TOCSIN01"),
      says: "The last request from Slack was signed with a different secret.",
    },
  ];
}

function channels({ slack }: Tools): Case[] {
  const { botToken } = slack.app;
  const cases: Omit<Case, "field">[] = [
    {
      what: "a typo",
      value: "#securty",
      says: "The bot can't see a channel named #securty.",
    },
    {
      what: "an unknown ID",
      value: "C0NOTTHERE",
      says: "The bot can't see the channel.",
    },
    {
      what: "a person",
      value: "U0ADA00001",
      says: "U0ADA00001 is a person or a direct message.",
    },
    {
      what: "a link to a person",
      value: "https://acme.slack.com/team/U0ADA00001",
      says: "This link doesn't lead to a channel.",
    },
    {
      what: "only the # sign",
      value: "#",
      says: "Enter a channel, such as #security.",
    },
    {
      what: "an archived channel",
      value: async () => (await slack.ask("addChannel", { name: "old" })).id,
      when: () => slack.ask("setChannel", { channel: "old", archived: true }),
      says: "#old is archived.",
    },
    {
      what: "a private channel without the bot",
      value: async () =>
        (await slack.ask("addChannel", { name: "hidden", kind: "private", withApp: false })).id,
      says: "The bot can't see the channel.",
    },
    {
      what: "a public channel",
      value: "security",
      says: "#security is public: everybody in the workspace can read its alerts.",
      state: "confirm",
    },
    {
      what: "a public channel without the bot",
      value: "#random",
      says: "#random is public: everybody in the workspace can read its alerts.",
      state: "confirm",
    },
    {
      what: "a channel shared with another organisation",
      value: "#platform",
      when: () => slack.ask("shareChannel", { channel: "platform" }),
      says: "#platform is shared with another organisation, whose members can read its alerts.",
      state: "confirm",
    },
  ];
  return cases.map((one) => ({ field: "channel", more: () => ({ botToken }), ...one }));
}

const withoutScope = (slack: Slack, scope: string) => () =>
  slack.ask("setApp", { scopes: granted.filter((name) => name !== scope) });

async function otherApp(slack: Slack) {
  const manifest = {
    display_information: { name: "Other" },
    features: { bot_user: { display_name: "other" } },
    oauth_config: { scopes: { bot: granted } },
    settings: { socket_mode_enabled: true },
  };
  const made = await slack.ask("createApp", { as: "ada", manifest });
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  return made.appId;
}
