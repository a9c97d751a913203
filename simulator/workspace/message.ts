import type { Picked } from "../block-kit/controls.ts";
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

/** A message as the workspace keeps it. `ts` is its id within the channel. */
export type Message = {
  ts: string;
  user: string;
  text: string;
  /** JSON text, since 10,000 cards as objects would take four times the memory. */
  blocks: string | undefined;
  /** JSON text too. */
  attachments: string | undefined;
  metadata: Metadata | undefined;
  /** Set when an app wrote it. */
  botId: string | undefined;
  threadTs: string | undefined;
  /** Who wrote the first message of that thread. */
  parentUser: string | undefined;
  subtype: Subtype | undefined;
  /** What a message of its subtype has beyond others, as Slack hands it out: `files`, `inviter`, `old_name`. */
  more: Readonly<Record<string, unknown>> | undefined;
  /** A thread that takes no replies any more, or a text that is still being streamed. */
  hold: "locked" | "streaming" | undefined;
  /** Set on an ephemeral message: the only person who sees it. */
  visibleTo: string | undefined;
  editedAt: string | undefined;
  /** Who reacted, by the emoji's name. */
  reactions: Map<string, string[]> | undefined;
  /** Times of the replies, on the first message of a thread. */
  replies: string[];
  /** What people have picked in its controls and their clients still show; see `client/choices.ts`. */
  choices: Map<string, Picked>;
};

/** A message with nothing but its author and text; `given` says the rest. */
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

// Only `checkBlocks` writes this field, so what comes out of it is what went in.
export const blocksOf = (message: Message): Block[] => (message.blocks ? JSON.parse(message.blocks) : []);

export type Attachment = { id: number; blocks?: Block[]; [key: string]: unknown };

/** What is attached to a message, by the app or as a preview of a link. */
export const attachmentsOf = ({ attachments, more }: Message): Attachment[] => {
  const previews = more?.attachments ?? [];
  return attachments ? JSON.parse(attachments) : Array.isArray(previews) ? previews : [];
};

/** The blocks of a message and those of its attachments, whose controls act like its own. */
export const allBlocksOf = (message: Message): Block[] => [
  ...blocksOf(message),
  ...attachmentsOf(message).flatMap(({ blocks = [] }) => blocks),
];

/** Gives an id to each block and element that came without, as Slack does. */
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

/** Where one control of a message stands, for one person. */
type Place = { user: string; blockId: string; actionId: string };

const key = ({ user, blockId, actionId }: Place) => JSON.stringify([blockId, actionId, user]);

/** Keeps what a person picked: their client shows it until the control comes back under another block_id. */
export const rememberChoice = (message: Message, place: Place, chosen: Picked): void => {
  message.choices.set(key(place), chosen);
};

/** What a person's client shows instead of the initial value; `undefined` when they picked nothing. */
export const choiceOf = (message: Message, place: Place): Picked | undefined =>
  message.choices.get(key(place));

/** After an update: choices hold only as long as their block is there under the same id. */
export function forgetChoices(message: Message): void {
  if (message.choices.size === 0) return;
  const alive = new Set(allBlocksOf(message).map((block) => block.block_id));
  for (const place of message.choices.keys()) {
    const [blockId] = JSON.parse(place);
    if (!alive.has(blockId)) message.choices.delete(place);
  }
}
