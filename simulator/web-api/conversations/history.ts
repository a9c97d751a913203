import { z } from "zod";
import type { Message } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { flag, limit, nested, required } from "../argument.ts";
import { messageWire } from "../wire/message-wire.ts";

/** Any of these opens the methods that read messages; each kind of conversation asks for its own. */
export const historyScopes = ["groups:history", "im:history", "mpim:history", "channels:history"] as const;

const ts = z.string().regex(/^\d+(\.\d+)?$/);

export const readingArgs = z.object({
  channel: required,
  cursor: z.string().optional(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
  metadata_keys_to_include: nested,
  limit: limit(100),
});

type Window = z.output<typeof readingArgs>;

/** Whether a message shows in the channel itself: a reply only when it was sent there, too. */
export const isInChannel = ({ threadTs, subtype }: Message): boolean =>
  !threadTs || subtype === "thread_broadcast";

const keys = z.array(z.string());

/** Which bound of the window isn't a time, or what else isn't understood, as Slack names it. */
export const badBound = ({ oldest, latest, metadata_keys_to_include: wanted }: Window) => {
  if (wanted && !keys.safeParse(wanted).success) return "invalid_metadata_filter_keys";
  if (oldest && !ts.safeParse(oldest).success) return "invalid_ts_oldest";
  if (latest && !ts.safeParse(latest).success) return "invalid_ts_latest";
  return undefined;
};

/** Whether a message lies in the window; its ends count only when `inclusive`. */
export function within({ oldest, latest, inclusive }: Window, message: Message): boolean {
  const at = Number(message.ts);
  const after = !oldest || at > Number(oldest) || (inclusive === true && at === Number(oldest));
  const before = !latest || at < Number(latest) || (inclusive === true && at === Number(latest));
  return after && before;
}

/** A message with its metadata: all of it when asked for, else only what kind it is. */
export function readable(workspace: Workspace, message: Message, asked: Window) {
  return { ...messageWire(workspace, message), ...metadataOf(message, asked) };
}

function metadataOf({ metadata }: Message, { include_all_metadata, metadata_keys_to_include }: Window) {
  if (!metadata) return {};
  const { event_type, event_payload } = metadata;
  const wanted = keys.safeParse(metadata_keys_to_include);
  if (wanted.success) {
    const kept = Object.entries(event_payload).filter(([key]) => wanted.data.includes(key));
    return { metadata: { event_type, event_payload: Object.fromEntries(kept) } };
  }
  return { metadata: include_all_metadata ? metadata : { event_type } };
}
