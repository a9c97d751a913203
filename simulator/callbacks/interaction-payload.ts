import type { Picked } from "../block-kit/controls.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { attachmentsOf, type Message } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { reported } from "./state-values.ts";

/** What every interaction carries: who did it, where, and for which app. An organisation's app is told no team. */
export const envelope = ({ team, enterprise }: Workspace, { app, place }: Installation, user: User) => {
  const isOrgWide = place.kind === "organisation";
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

const own = (element: Element) => {
  if (element.type !== "button") return "placeholder" in element ? { placeholder: element.placeholder } : {};
  const { text, value, style } = element;
  return { text, ...(value && { value }), ...(style && { style }) };
};

const initial = (element: Element) => {
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

/** One entry of `actions[]` in a block_actions payload. */
export const action = (
  element: Element,
  {
    blockId,
    picked,
    at,
    suggested,
  }: { blockId: string; picked: Picked; at: string; suggested?: readonly Option[] },
) => ({
  type: element.type,
  action_id: element.action_id,
  block_id: blockId,
  ...own(element),
  ...initial(element),
  ...reported(element, picked, suggested),
  action_ts: at,
});

/** Whether a block stands in the message itself, or in something attached to it. */
function within(message: Message, blockId: string) {
  const holder = attachmentsOf(message).find(({ blocks }) =>
    blocks?.some(({ block_id }) => block_id === blockId),
  );
  if (!holder) return { type: "message" };
  return { type: "message_attachment", attachment_id: holder.id, is_app_unfurl: false };
}

/** What an interaction says about the message that it happened in. */
export const aboutMessage = (
  workspace: Workspace,
  { channel, message, blockId }: { channel: Channel; message: Message; blockId: string },
) => ({
  container: {
    ...within(message, blockId),
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: message.visibleTo !== undefined,
    ...(message.threadTs && { thread_ts: message.threadTs }),
  },
  // Slack doesn't tell the name of a private channel: it calls every one of them so.
  channel: { id: channel.id, name: channel.kind === "private" ? "privategroup" : channel.name },
  // Slack doesn't keep ephemeral messages, and so sends nothing of them.
  ...(message.visibleTo === undefined && { message: messageWire(workspace, message) }),
});
