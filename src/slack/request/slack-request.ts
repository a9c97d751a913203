import type { Status } from "../../alert/alert.ts";
import type { ControlsId } from "../../interact/card-ref.ts";
import type { Memory } from "../../interact/memory.ts";
import type { MoreChoice } from "../../triage/card/controls.ts";
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

/** What a person did with a control. A card's controls carry the alert's id and version. */
export type SlackAction =
  | { kind: "assign"; on: ControlsId; slackUserId: string | null }
  | { kind: "status"; on: ControlsId; status: Status | null }
  | { kind: "more"; on: ControlsId; choice: MoreChoice }
  /** A person chose an alert in a digest's menu; `alertId` is null if they cleared it. */
  | { kind: "post-card"; digestId: string; alertId: string | null }
  | { kind: "details-part"; part: string }
  | { kind: "details-page"; page: number }
  | { kind: "details-value"; part: string; n: number }
  | { kind: "boomerang"; on: ControlsId }
  | { kind: "answer"; askId: string; how: "yes" | "no" | "text" }
  | { kind: "why-asked"; askId: string }
  | { kind: "link" }
  | { kind: "other"; actionId: string; value: string | null };

export interface BlockActions extends Clicker {
  type: "block_actions";
  dedupeId: string;
  triggerId: string;
  responseUrl: string | null;
  channelId: string | null;
  messageTs: string | null;
  /** Whether only this person sees the message. */
  ephemeral: boolean;
  view: { id: string; hash: string | null; memory: Memory | null; isHome: boolean } | null;
  action: SlackAction;
}

export interface ViewSubmission extends Clicker {
  type: "view_submission";
  dedupeId: string;
  triggerId: string;
  viewId: string;
  callbackId: string;
  memory: Memory | null;
  /** Inputs by block id and action id. Several people or channels are separated by spaces. */
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
      memory: Memory | null;
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
