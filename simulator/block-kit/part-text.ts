import { leafText } from "./rich-text.ts";
import type { RichTextPart } from "./schema/rich-text.ts";

/** What a reader sees of a part of rich text; `names` gives those of people and channels by id. */
export const partText = (part: RichTextPart, names: (id: string) => string): string =>
  part.type === "rich_text_list"
    ? part.elements.map((section) => partText(section, names)).join("\n")
    : part.elements.map((leaf) => leafText(leaf, names)).join("");
