import type { Clicker, Origin } from "./origin.ts";
import type { ChosenMessage, WrittenMessage } from "./read-message.ts";

/** What happened in Slack. `other` is an event that Tocsin doesn't handle. */
export type SlackEvent =
  | { type: "app_uninstalled" }
  | { type: "tokens_revoked"; botUserIds: string[] }
  | { type: "app_home_opened"; userId: string; tab: "home" | "messages" }
  | { type: "member_joined_channel"; channelId: string; userId: string }
  | { type: "member_left_channel"; channelId: string; userId: string | null }
  | { type: "channel_archived" | "channel_unarchived" | "channel_deleted"; channelId: string }
  | { type: "channel_renamed"; channelId: string; name: string }
  | { type: "channel_id_changed"; channelId: string; to: string }
  /** A message whose metadata names this delivery was posted; `appId` is the app that posted it. */
  | { type: "card_posted"; appId: string; channelId: string; ts: string; deliveryId: string }
  | { type: "team_access"; granted: boolean; teamIds: string[] }
  | { type: "message_written"; message: WrittenMessage }
  | { type: "bot_mentioned"; message: WrittenMessage }
  /** `editedTs` increases with each edit of a message. */
  | { type: "message_edited"; message: WrittenMessage; editedTs: string }
  | { type: "message_deleted"; channelId: string; ts: string; threadTs: string | null }
  | { type: "other"; name: string };

/** A control that a person used. `value` is the button's, or the chosen option's or person's; null if cleared. */
export interface Clicked {
  id: string;
  blockId: string;
  value: string | null;
}

export interface BlockActions extends Clicker {
  type: "block_actions";
  dedupeId: string;
  triggerId: string;
  responseUrl: string | null;
  channelId: string | null;
  messageTs: string | null;
  /** Whether only this person sees the message. */
  ephemeral: boolean;
  view: { id: string; hash: string | null; memory: unknown; isHome: boolean } | null;
  action: Clicked;
}

export interface ViewSubmission extends Clicker {
  type: "view_submission";
  dedupeId: string;
  triggerId: string;
  viewId: string;
  callbackId: string;
  /** The JSON in the dialog's `private_metadata`, which its dialog reads. */
  memory: unknown;
  /** Inputs by block id and action id. Several people, channels or options are separated by spaces. */
  values: Record<string, Record<string, string | null>>;
}

/** A parsed request of Slack. Slack itself never sends a `malformed` one. */
export type SlackRequest =
  | { type: "url_verification"; challenge: string }
  | { type: "ssl_check" }
  | ({ type: "event_callback"; dedupeId: string; appId: string | null; event: SlackEvent } & Origin)
  | BlockActions
  | ViewSubmission
  | ({
      type: "view_closed";
      dedupeId: string;
      viewId: string;
      callbackId: string;
      memory: unknown;
    } & Clicker)
  | ({
      type: "message_action";
      dedupeId: string;
      triggerId: string;
      callbackId: string;
      responseUrl: string | null;
      channelId: string;
      messageTs: string;
      message: ChosenMessage;
    } & Clicker)
  | ({ type: "block_suggestion"; actionId: string; blockId: string; query: string } & Clicker)
  | ({
      type: "slash_command";
      dedupeId: string;
      triggerId: string;
      command: string;
      text: string;
      channelId: string;
      responseUrl: string | null;
    } & Clicker)
  | { type: "unknown"; name: string }
  | { type: "malformed"; why: string };
