import type { Status } from "../../alert/alert.ts";
import type { ControlsId } from "../../interact/card-ref.ts";
import type { Memory } from "../../interact/memory.ts";
import type { MoreChoice } from "../../triage/card/controls.ts";
import type { Clicker, Origin } from "./origin.ts";
import type { ChosenMessage, HeardMessage } from "./read-message.ts";

/** What happened in Slack. Channels are ids; `other` is what Tocsin doesn't act on. */
export type SlackEvent =
  | { type: "app_uninstalled" }
  | { type: "tokens_revoked"; botUserIds: string[] }
  | { type: "app_home_opened"; userId: string; tab: "home" | "messages" }
  | { type: "member_joined_channel"; channelId: string; userId: string }
  | { type: "member_left_channel"; channelId: string; userId: string | null }
  | { type: "channel_archived" | "channel_unarchived" | "channel_deleted"; channelId: string }
  | { type: "channel_renamed"; channelId: string; name: string }
  | { type: "channel_id_changed"; channelId: string; to: string }
  /** A message says that it is the card of this delivery; `appId` is whose message it is. */
  | { type: "card_posted"; appId: string; channelId: string; ts: string; deliveryId: string }
  | { type: "team_access"; granted: boolean; teamIds: string[] }
  | { type: "message_written"; message: HeardMessage }
  | { type: "bot_mentioned"; message: HeardMessage }
  /** `editedTs` grows with each edit of a message. */
  | { type: "message_edited"; message: HeardMessage; editedTs: string }
  | { type: "message_deleted"; channelId: string; ts: string; threadTs: string | null }
  | { type: "other"; name: string };

/** What somebody did with a control. Those of a card say for which alert, at which version. */
export type SlackAction =
  | { kind: "assign"; on: ControlsId; slackUserId: string | null }
  | { kind: "status"; on: ControlsId; status: Status | null }
  | { kind: "more"; on: ControlsId; choice: MoreChoice }
  /** Somebody asks for the card of an alert in a digest; a cleared menu asks for none. */
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
  /** Used on a message that only this person sees. */
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
  /** What was typed or chosen, by block id and action id; several people or channels with a space between. */
  values: Record<string, Record<string, string | null>>;
}

/** Everything that Slack sends, read once. `malformed` is what only somebody else would send. */
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
