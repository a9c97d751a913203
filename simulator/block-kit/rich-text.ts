import type { RichTextLeaf, RichTextPart } from "./schema/rich-text.ts";

/** What a reader sees of a leaf of rich text; `names` gives those of people and channels by id. */
export function leafText(leaf: RichTextLeaf, names: (id: string) => string): string {
  switch (leaf.type) {
    case "text":
      return leaf.text;
    case "link":
      return leaf.text ?? leaf.url;
    case "user":
      return `@${names(leaf.user_id)}`;
    case "channel":
      return `#${names(leaf.channel_id)}`;
    case "usergroup":
      return `@${leaf.usergroup_id}`;
    case "team":
      return leaf.team_id;
    case "broadcast":
      return `@${leaf.range}`;
    case "emoji":
      return `:${leaf.name}:`;
    case "color":
      return leaf.value;
    case "date":
      return leaf.fallback ?? new Date(leaf.timestamp * 1000).toLocaleString();
    default:
      throw new Error("A leaf of no known kind", { cause: leaf satisfies never });
  }
}

/** What a reader sees of a part of rich text; `names` gives those of people and channels by id. */
export const partText = (part: RichTextPart, names: (id: string) => string): string =>
  part.type === "rich_text_list"
    ? part.elements.map((section) => partText(section, names)).join("\n")
    : part.elements.map((leaf) => leafText(leaf, names)).join("");
