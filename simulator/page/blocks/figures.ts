import type { BlockOf } from "../../block-kit/schema/block.ts";
import { element } from "../dom/element.ts";
import { withEmoji } from "../text/emoji.ts";
import { richTextNodes } from "../text/rich-text.ts";
import type { Reader } from "../text/text.ts";

/** A table; its first row is its head. It scrolls by itself where it is too wide. */
export function table({ rows, column_settings: columns }: BlockOf<"table">, reader: Reader): HTMLElement {
  const row = (cells: (typeof rows)[number], tag: "th" | "td") =>
    element(
      "tr",
      {},
      ...cells.map((cell, index) =>
        element(
          tag,
          { class: `${columns?.[index]?.align ?? ""} ${columns?.[index]?.is_wrapped ? "wrapped" : ""}` },
          ...(cell.type === "raw_text" ? withEmoji(cell.text) : richTextNodes(cell.elements, reader)),
        ),
      ),
    );
  const [head, ...body] = rows;
  return element(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "Table" },
    element(
      "table",
      {},
      head ? element("thead", {}, row(head, "th")) : null,
      element("tbody", {}, ...body.map((cells) => row(cells, "td"))),
    ),
  );
}
