import { checkBlocks } from "../../block-kit/check.ts";
import { packBlocks } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";

type Given = { text?: string | undefined; blocks?: unknown; attachments?: unknown };

/** What Slack cuts a message's text to. */
const longest = 40_000;

/** Text and blocks as they will be kept, or why Slack would not take them. */
export function readContent(workspace: Workspace, { text = "", blocks, attachments }: Given) {
  if (blocks !== undefined && blocks !== "" && !Array.isArray(blocks))
    return refuse("invalid_blocks_format", ["[ERROR] must provide an array [json-pointer:/blocks]"]);
  if (Array.isArray(attachments) && attachments.length > 100) return refuse("too_many_attachments");
  const given = Array.isArray(blocks) ? blocks : [];
  const hasAttachments = Array.isArray(attachments) && attachments.length > 0;
  if (!text && given.length === 0 && !hasAttachments) return refuse("no_text");
  const checked = checkBlocks(given);
  if (!checked.ok) return refuse("invalid_blocks", checked.messages);
  return {
    ok: true as const,
    text: text.slice(0, longest),
    unpacked: checked.value,
    blocks: given.length > 0 ? packBlocks(checked.value, () => workspace.makeId("b")) : undefined,
  };
}
