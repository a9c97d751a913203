import type { ControlValue } from "../block-kit/controls.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { attachmentsOf, type Message } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { valueFields } from "./state-values.ts";

/** The fields of every interaction: user, workspace and app. For an org-wide app, `team` is null. */
export const envelope = ({ team, enterprise }: Workspace, { app, target }: Installation, user: User) => {
  const isOrgWide = target.kind === "organisation";
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: app.id,
    token: app.verificationToken,
    team: isOrgWide
      ? null
      : {
          id: team.id,
          domain: team.domain,
          ...(enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
        },
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: isOrgWide,
  };
};

const elementFields = (element: Element) => {
  if (element.type !== "button") return "placeholder" in element ? { placeholder: element.placeholder } : {};
  const { text, value, style } = element;
  return { text, ...(value && { value }), ...(style && { style }) };
};

const initialFields = (element: Element) => {
  switch (element.type) {
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return element.initial_option && { initial_option: element.initial_option };
    case "datepicker":
      return element.initial_date && { initial_date: element.initial_date };
    case "timepicker":
      return element.initial_time && { initial_time: element.initial_time };
    case "datetimepicker":
      return element.initial_date_time && { initial_date_time: element.initial_date_time };
    case "users_select":
      return element.initial_user && { initial_user: element.initial_user };
    default:
      return undefined;
  }
};

/** One entry of `actions[]` in a `block_actions` payload. */
export const action = (
  element: Element,
  {
    blockId,
    picked,
    at,
    suggested,
  }: { blockId: string; picked: ControlValue; at: string; suggested?: readonly Option[] },
) => ({
  type: element.type,
  action_id: element.action_id,
  block_id: blockId,
  ...elementFields(element),
  ...initialFields(element),
  ...valueFields(element, picked, suggested),
  action_ts: at,
});

/** The container of a block: the message itself or one of its attachments. */
function containerOf(message: Message, blockId: string) {
  const attachment = attachmentsOf(message).find(({ blocks }) =>
    blocks?.some(({ block_id }) => block_id === blockId),
  );
  if (!attachment) return { type: "message" };
  return { type: "message_attachment", attachment_id: attachment.id, is_app_unfurl: false };
}

/** The fields of an interaction that describe its message. */
export const aboutMessage = (
  workspace: Workspace,
  { channel, message, blockId }: { channel: Channel; message: Message; blockId: string },
) => ({
  container: {
    ...containerOf(message, blockId),
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: message.visibleTo !== undefined,
    ...(message.threadTs && { thread_ts: message.threadTs }),
  },
  // Slack sends this instead of the name of any private channel.
  channel: { id: channel.id, name: channel.kind === "private" ? "privategroup" : channel.name },
  // Slack doesn't store ephemeral messages, so it doesn't send them.
  ...(message.visibleTo === undefined && { message: messageWire({ workspace, channel }, message) }),
});
