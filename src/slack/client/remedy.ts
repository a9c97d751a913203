import { explainFailure } from "../../reach/explain-failure.ts";

export interface FaultContext {
  channelName?: string | null;
  neededScope?: string | null;
  /** The token that Slack refused; the bot's unless given. */
  token?: "App-Level Token";
  /** The bot's name in Slack, from `auth.test`. */
  botName?: string | null;
}

/** What a fault means and what to do about it: one or two sentences each, for the Console, alerts and emails. */
interface Remedy {
  means: string;
  todo: string;
}

const newToken =
  "On your app's Install App page in Slack, install it again and paste its Bot OAuth Token into Tocsin.";
const askOwner = "Ask an owner of the Slack workspace";

/** What a person types in a channel to invite the bot. The usual name stands in until Slack has said the real one. */
export function inviteCommand(botName: string | null | undefined): string {
  return `/invite @${botName ?? "Tocsin"}`;
}

const remedies: Record<string, (channel: string, scope: string, invite: string) => Remedy> = {
  invalid_auth: () => ({ means: "Slack doesn't know the bot token.", todo: newToken }),
  not_authed: () => ({ means: "No bot token was sent.", todo: newToken }),
  token_revoked: () => ({ means: "The bot token was revoked, or the app was removed.", todo: newToken }),
  token_expired: () => ({
    means: "The bot token has expired: token rotation is on for the app.",
    todo: "Token rotation can't be turned off again. Create a new app from Tocsin's manifest, which leaves it off.",
  }),
  account_inactive: () => ({ means: "The bot's account or its workspace was deactivated.", todo: newToken }),
  not_allowed_token_type: () => ({
    means: "This isn't a bot token.",
    todo: "Copy the Bot User OAuth Token, which begins with xoxb-, from your app's OAuth & Permissions page.",
  }),
  missing_scope: (_, scope) => ({
    means: `The app isn't allowed to do this: it lacks ${scope}.`,
    todo: `Add ${scope} under OAuth & Permissions > Bot Token Scopes, or paste the current manifest. Then install the app again.`,
  }),
  channel_not_found: (channel, _, invite) => ({
    means: `The bot can't see ${channel}. It is private and the bot isn't in it, or it was deleted.`,
    todo: `In Slack, type ${invite} in ${channel}. If it is gone, choose another channel.`,
  }),
  channel_deleted: (channel) => ({
    means: `${channel} was deleted in Slack.`,
    todo: "Choose another channel for this destination.",
  }),
  not_in_channel: (channel, _, invite) => ({
    means: `The bot is not in ${channel}.`,
    todo: `In Slack, type ${invite} there.`,
  }),
  is_archived: (channel) => ({
    means: `${channel} is archived.`,
    todo: "Unarchive it in Slack and invite the bot again, or choose another channel.",
  }),
  is_inactive: (channel) => ({
    means: `${channel} is frozen, archived or deleted, so nothing in it can be changed.`,
    todo: "Unarchive it in Slack and invite the bot again, or choose another channel.",
  }),
  restricted_action: (channel) => ({
    means: `A workspace setting doesn't let the bot post in ${channel}.`,
    todo: `${askOwner} to let this app post there, under the channel's posting permissions.`,
  }),
  restricted_action_read_only_channel: (channel) => ({
    means: `${channel} is read-only.`,
    todo: `${askOwner} to let this app post there, or choose another channel.`,
  }),
  restricted_action_thread_only_channel: (channel) => ({
    means: `${channel} only allows replies in threads, but each alert needs a new message.`,
    todo: `${askOwner} to allow new messages there, or choose another channel.`,
  }),
  restricted_action_non_threadable_channel: (channel) => ({
    means: `${channel} doesn't allow threads, where Tocsin reports what happens to an alert.`,
    todo: `${askOwner} to allow threads there, or choose another channel.`,
  }),
  restricted_action_thread_locked: (channel) => ({
    means: `An admin has locked the thread of this alert in ${channel}.`,
    todo: "Unlock the thread in Slack. Tocsin then posts the replies that are waiting.",
  }),
  ekm_access_denied: (channel) => ({
    means: `Your organisation's Enterprise Key Management blocks messages in ${channel}.`,
    todo: "Ask your organisation's Slack administrators to grant access again.",
  }),
  no_permission: (channel, _, invite) => ({
    means: `The bot has no permission to act in ${channel}.`,
    todo: `In Slack, type ${invite} there.`,
  }),
  team_access_not_granted: (channel) => ({
    means: `The app has not been added to the workspace of ${channel}.`,
    todo: "Ask an organisation admin to add it under Integrations > Installed apps > Tocsin > Add to workspaces.",
  }),
  team_not_found: () => ({
    means:
      "Slack finds no such workspace for this app. With an organisation's token, channels must be given by ID.",
    todo: "Set the destination's channel by its ID, which is in the channel's details in Slack, and check its workspace.",
  }),
  org_login_required: () => ({
    means: "The workspace is being moved into an Enterprise organisation.",
    todo: "Wait until the move is done, then install the app again.",
  }),
  app_access_restricted: () => ({
    means: "An admin has restricted who may use the app.",
    todo: `${askOwner} to approve the app again.`,
  }),
  too_many_websockets: () => ({
    means: "Slack ended the connection because the app has too many open ones: it allows ten.",
    todo: "Stop other programs that use the same app in Socket Mode. Tocsin tries again with growing waits.",
  }),
  connection_ended: () => ({
    means: "Slack accepted the connection and ended it within 30 seconds.",
    todo: "Tocsin tries again with growing waits. If it goes on, look for a proxy that ends WebSocket connections.",
  }),
  link_disabled: () => ({
    means: "Socket Mode is turned off for the app.",
    todo: "Turn it on in Slack under Settings > Socket Mode. Tocsin connects within a minute.",
  }),
  messages_tab_disabled: () => ({
    means: "The app can't receive direct messages because its Messages tab is off.",
    todo: "Turn it on under App Home > Show Tabs, or paste the current manifest.",
  }),
  message_limit_exceeded: () => ({
    means: "The workspace has reached the message limit of its Slack plan.",
    todo: `${askOwner} about the plan. Alerts that are held go out once messages are allowed again.`,
  }),
};

const newAppToken =
  "In Slack under Basic Information > App-Level Tokens, generate a token with connections:write and paste it into Tocsin.";

/** The remedies for Socket Mode, which connects with the App-Level Token. */
const appTokenRemedies: Record<string, Remedy> = {
  invalid_auth: { means: "Slack doesn't know the App-Level Token.", todo: newAppToken },
  not_authed: { means: "No App-Level Token was sent.", todo: newAppToken },
  token_revoked: { means: "The App-Level Token was revoked.", todo: newAppToken },
  token_expired: { means: "The App-Level Token has expired.", todo: newAppToken },
  account_inactive: {
    means: "The App-Level Token belongs to a deleted app or workspace.",
    todo: newAppToken,
  },
  not_allowed_token_type: { means: "This isn't an App-Level Token.", todo: newAppToken },
  missing_scope: { means: "The App-Level Token lacks connections:write.", todo: newAppToken },
};

/** The remedy for a setup fault, by Slack's code. An unknown code is quoted as it is. */
export function remedy(code: string, context: FaultContext = {}): Remedy {
  const channel = context.channelName ? `#${context.channelName.replace(/^#/, "")}` : "the channel";
  const ofAppToken = context.token && Object.hasOwn(appTokenRemedies, code) ? appTokenRemedies[code] : null;
  if (ofAppToken) return ofAppToken;
  const known = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  const scope = context.neededScope ? `the scope ${context.neededScope}` : "a scope";
  if (known) return capitalise(known(channel, scope, inviteCommand(context.botName)));
  const unreached = explainFailure(code, "slack.com") ?? explainStatus(code);
  if (unreached) return unreached;
  const means = `Slack refused with "${code}".`;
  return {
    means,
    todo: `See https://docs.slack.dev/reference/methods/chat.postMessage for what ${code} means.`,
  };
}

/** What an HTTP status means, for the code of a fault: Slack itself answers calls with 200, and while it is down with 5xx. */
export function explainStatus(code: string): Remedy | null {
  const [, status] = /^http_(\d{3})$/.exec(code) ?? [];
  if (!status) return null;
  if (status.startsWith("5"))
    return {
      means: `Slack answers ${status}.`,
      todo: "Tocsin tries again by itself. See https://slack-status.com.",
    };
  return {
    means: `Something between Tocsin and Slack answers ${status}, for example a proxy or gateway.`,
    todo: "Have it let Tocsin through to slack.com. If SLACK_API_URL is set, check that too.",
  };
}

function capitalise({ means, todo }: Remedy): Remedy {
  return { means: means.charAt(0).toUpperCase() + means.slice(1), todo };
}

/** Whether a part of the setup works; if not, Slack's code and what to do. */
export type SetupState = { kind: "ok" } | NeedsAttention;
export type NeedsAttention = { kind: "needs_attention"; fault: string; remedy: string };

/** The state of the app or destination that met this fault. */
export function needsAttention(fault: string, context?: FaultContext): NeedsAttention {
  return { kind: "needs_attention", fault, remedy: remedyText(fault, context) };
}

/** What a fault means and what to do about it, as one text. */
export function remedyText(fault: string, context?: FaultContext): string {
  const { means, todo } = remedy(fault, context);
  return `${means} ${todo}`;
}
