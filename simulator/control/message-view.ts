import { z } from "zod";
import type { Picked } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import { shown } from "../client/control-values.ts";
import type { Channel } from "../workspace/channel.ts";
import { type Attachment, allBlocksOf, attachmentsOf, blocksOf, type Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** A message as it stands on somebody's screen. */
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
  /** Whose eyes it is for, when not everybody's. */
  visibleTo: string | undefined;
  replies: number;
  lastReplyTs: string | undefined;
  /** What this person's client shows in each control, by block_id and action_id. */
  shown: Record<string, Record<string, Picked>>;
};

const files = z.array(z.object({ name: z.string(), url_private: z.string().default("") })).catch([]);

const filesOf = ({ more }: Message): MessageView["files"] =>
  files.parse(more?.files ?? []).map(({ name, url_private: url }) => ({ name, url }));

function shownTo(message: Message, blocks: Block[], user: string): MessageView["shown"] {
  const all: MessageView["shown"] = {};
  for (const block of blocks) {
    const blockId = block.block_id ?? "";
    const controls = elementsOf(block).map(({ element }) => element.action_id ?? "");
    if (controls.length > 0)
      all[blockId] = Object.fromEntries(
        controls.map((actionId) => [actionId, shown(message, { user, blockId, actionId })]),
      );
  }
  return all;
}

/** How a message looks to a person (an id; nobody in particular when empty). */
export function messageView(
  { users }: Workspace,
  { channel, message, user }: { channel: Channel; message: Message; user: string },
): MessageView {
  const blocks = blocksOf(message);
  const author = users.get(message.user);
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
    lastReplyTs: message.replies.at(-1),
    shown: shownTo(message, allBlocksOf(message), user),
  };
}

const words = z.string().optional().catch(undefined);

const field = z.object({
  title: z.string().default(""),
  value: z.string().default(""),
  short: z.boolean().default(false),
});

// What isn't as Slack wants it is not drawn: it has taken it all the same.
const read = z.object({
  color: words,
  pretext: words,
  author_name: words,
  author_link: words,
  title: words,
  title_link: words,
  text: words,
  fields: z.array(field).catch([]).default([]),
  image_url: words,
  thumb_url: words,
  footer: words,
  ts: z.coerce.number().optional().catch(undefined),
  fallback: words,
});

/** Something attached to a message, of the kind that was before blocks, or with blocks in it. */
export type AttachmentView = z.output<typeof read> & { blocks: Block[] };

const attachmentView = ({ blocks = [], ...given }: Attachment): AttachmentView => ({
  ...read.parse(given),
  blocks,
});
