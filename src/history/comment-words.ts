import type { CommentTold } from "../alert/history-event.ts";

/** What a comment says, its files as addresses below it. */
export function commentWords({ text, files = [], now }: CommentTold): string {
  if (now === "deleted") return "Deleted by its author";
  return [text, ...files.map(({ name, url }) => `${name}: ${url}`)].filter(Boolean).join("\n");
}
