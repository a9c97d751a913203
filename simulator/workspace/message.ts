import type { ControlValue } from "../block-kit/controls.ts";
import type { Block } from "../block-kit/schema/block.ts";

export type Metadata = { event_type: string; event_payload: Record<string, unknown> };

export type Subtype =
  | "bot_message"
  | "channel_archive"
  | "channel_join"
  | "channel_leave"
  | "channel_name"
  | "channel_unarchive"
  | "file_share"
  | "thread_broadcast"
  | "tombstone";

/** A stored message. `ts` is its ID within the channel. */
export type Message = {
  ts: string;
  user: string;
  text: string;
  /** As JSON text: parsed objects would take four times the memory for 10,000 cards. */
  blocks: string | undefined;
  /** As JSON text too. */
  attachments: string | undefined;
  metadata: Metadata | undefined;
  /** Set if an app posted the message. */
  botId: string | undefined;
  threadTs: string | undefined;
  /** The author of the first message of that thread. */
  parentUser: string | undefined;
  subtype: Subtype | undefined;
  /** Extra fields of this subtype, in Slack's format: `files`, `inviter`, `old_name`. */
  more: Readonly<Record<string, unknown>> | undefined;
  /** A locked thread takes no replies; a text can also still be streaming. */
  hold: "locked" | "streaming" | undefined;
  /** Set on an ephemeral message: the person who sees it. */
  visibleTo: string | undefined;
  editedAt: string | undefined;
  /** User IDs by the name of the emoji. */
  reactions: Map<string, string[]> | undefined;
  /** The replies, on the first message of a thread; oldest first. */
  replies: { ts: string; user: string }[];
  /** What people have chosen in its controls, which their clients still show; see `rememberChoice`. */
  choices: Map<string, ControlValue>;
};

/** A message with only an author and text; `given` overrides the defaults. */
export const makeMessage = (given: Pick<Message, "ts" | "user" | "text"> & Partial<Message>): Message => ({
  blocks: undefined,
  attachments: undefined,
  metadata: undefined,
  botId: undefined,
  threadTs: undefined,
  parentUser: undefined,
  subtype: undefined,
  more: undefined,
  hold: undefined,
  visibleTo: undefined,
  editedAt: undefined,
  reactions: undefined,
  replies: [],
  choices: new Map(),
  ...given,
});

/** Whether a message names its author as a user; those of the legacy subtype `bot_message` don't. */
export const hasAuthor = ({ subtype }: Message): boolean => subtype !== "bot_message";

// No validation needed: only blocks that passed `checkBlocks` are stored.
export const blocksOf = (message: Message): Block[] => (message.blocks ? JSON.parse(message.blocks) : []);

export type Attachment = { id: number; blocks?: Block[]; [key: string]: unknown };

/** The attachments of a message, by the app or as previews of links. */
export const attachmentsOf = ({ attachments, more }: Message): Attachment[] => {
  const previews = more?.attachments ?? [];
  return attachments ? JSON.parse(attachments) : Array.isArray(previews) ? previews : [];
};

/** The blocks of a message and of its attachments, whose controls work the same way. */
export const allBlocksOf = (message: Message): Block[] => [
  ...blocksOf(message),
  ...attachmentsOf(message).flatMap(({ blocks = [] }) => blocks),
];

/** Adds the missing IDs of blocks and elements, as Slack does. Changes `blocks` and returns it. */
export function nameBlocks(blocks: Block[], makeId: () => string): Block[] {
  for (const block of blocks) {
    block.block_id ??= makeId();
    if (block.type === "actions") for (const element of block.elements) element.action_id ??= makeId();
    if (block.type === "input") block.element.action_id ??= makeId();
    if (block.type === "section" && block.accessory && block.accessory.type !== "image")
      block.accessory.action_id ??= makeId();
  }
  return blocks;
}

/** One control of a message, for one person. */
type ControlOfUser = { user: string; blockId: string; actionId: string };

const key = ({ user, blockId, actionId }: ControlOfUser) => JSON.stringify([blockId, actionId, user]);

/** Stores what a person chose. Their client shows it until the block comes back under another `block_id`. */
export const rememberChoice = (message: Message, control: ControlOfUser, chosen: ControlValue): void => {
  message.choices.set(key(control), chosen);
};

/** What a person's client shows instead of the initial value; `undefined` if they chose nothing. */
export const choiceOf = (message: Message, control: ControlOfUser): ControlValue | undefined =>
  message.choices.get(key(control));

/** Drops the choices whose `block_id` is gone after an update. */
export function forgetChoices(message: Message): void {
  if (message.choices.size === 0) return;
  const blockIds = new Set(allBlocksOf(message).map((block) => block.block_id));
  for (const control of message.choices.keys()) {
    const [blockId] = JSON.parse(control);
    if (!blockIds.has(blockId)) message.choices.delete(control);
  }
}
