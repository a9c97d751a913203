import { z } from "zod";
import type { ControlValue } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import { shownValue } from "../client/control-values.ts";
import type { Channel } from "../workspace/channel.ts";
import { type Attachment, allBlocksOf, attachmentsOf, blocksOf, type Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** A message as a person's client shows it. */
export type MessageView = {
  channel: string;
  ts: string;
  threadTs: string | undefined;
  author: { id: string; name: string; isApp: boolean };
  text: string;
  blocks: Block[];
  attachments: AttachmentView[];
  subtype: Message["subtype"];
  files: { name: string; url: string }[];
  isEdited: boolean;
  /** The person who sees an ephemeral message. */
  visibleTo: string | undefined;
  replies: number;
  lastReplyTs: string | undefined;
  /** In the order in which the emoji were first used. */
  reactions: { name: string; users: string[] }[];
  /** The name of the person or app that pinned the message. */
  pinnedBy: string | undefined;
  /** The value that this person's client shows in each control, by `block_id` and `action_id`. */
  shown: Record<string, Record<string, ControlValue>>;
};

const files = z.array(z.object({ name: z.string(), url_private: z.string().default("") })).catch([]);

const filesOf = ({ more }: Message): MessageView["files"] =>
  files.parse(more?.files ?? []).map(({ name, url_private: url }) => ({ name, url }));

function shownValues(message: Message, blocks: Block[], user: string): MessageView["shown"] {
  const all: MessageView["shown"] = {};
  for (const block of blocks) {
    const blockId = block.block_id ?? "";
    const controls = elementsOf(block).map(({ element }) => element.action_id ?? "");
    if (controls.length > 0)
      all[blockId] = Object.fromEntries(
        controls.map((actionId) => [actionId, shownValue(message, { user, blockId, actionId })]),
      );
  }
  return all;
}

/** A message as this user sees it; an empty `user` stands for no one in particular. */
export function messageView(
  { users }: Workspace,
  { channel, message, user }: { channel: Channel; message: Message; user: string },
): MessageView {
  const blocks = blocksOf(message);
  const author = users.get(message.user);
  const pin = channel.pins.get(message.ts);
  return {
    channel: channel.id,
    ts: message.ts,
    threadTs: message.threadTs,
    author: {
      id: message.user,
      name: author?.realName ?? message.user,
      isApp: message.botId !== undefined,
    },
    text: message.text,
    blocks,
    attachments: attachmentsOf(message).map(attachmentView),
    subtype: message.subtype,
    files: filesOf(message),
    isEdited: message.editedAt !== undefined,
    visibleTo: message.visibleTo,
    replies: message.replies.length,
    lastReplyTs: message.replies.at(-1)?.ts,
    reactions: [...(message.reactions ?? [])].map(([name, by]) => ({ name, users: by })),
    pinnedBy: pin && (users.get(pin.by)?.realName ?? pin.by),
    shown: shownValues(message, allBlocksOf(message), user),
  };
}

const optionalText = z.string().optional().catch(undefined);

const field = z.object({
  title: z.string().default(""),
  value: z.string().default(""),
  short: z.boolean().default(false),
});

// Slack accepts attachments with invalid fields, but doesn't show those fields.
const legacyFields = z.object({
  color: optionalText,
  pretext: optionalText,
  author_name: optionalText,
  author_link: optionalText,
  title: optionalText,
  title_link: optionalText,
  text: optionalText,
  fields: z.array(field).catch([]).default([]),
  image_url: optionalText,
  thumb_url: optionalText,
  footer: optionalText,
  ts: z.coerce.number().optional().catch(undefined),
  fallback: optionalText,
});

/** An attachment of a message, with legacy fields or with blocks. */
export type AttachmentView = z.output<typeof legacyFields> & { blocks: Block[] };

const attachmentView = ({ blocks = [], ...given }: Attachment): AttachmentView => ({
  ...legacyFields.parse(given),
  blocks,
});
