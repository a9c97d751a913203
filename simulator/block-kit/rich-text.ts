import type { RichTextLeaf, RichTextPart } from "./schema/rich-text.ts";

/** The visible text of a rich text leaf; `names` returns the name for a person's or channel's ID. */
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
      throw new Error("Unknown type of rich text leaf", { cause: leaf satisfies never });
  }
}

/** The visible text of a rich text part; `names` returns the name for a person's or channel's ID. */
export const partText = (part: RichTextPart, names: (id: string) => string): string =>
  part.type === "rich_text_list"
    ? part.elements.map((section) => partText(section, names)).join("\n")
    : part.elements.map((leaf) => leafText(leaf, names)).join("");
