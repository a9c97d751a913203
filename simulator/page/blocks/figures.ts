import type { BlockOf, Image } from "../../block-kit/schema/block.ts";
import { element } from "../dom/element.ts";
import { withEmoji } from "../text/emoji.ts";
import { richTextNodes } from "../text/rich-text.ts";
import type { Reader } from "../text/text.ts";

/** Draws a table. Its first row is the header, and it scrolls horizontally if it is too wide. */
export function tableNode({ rows, column_settings: columns }: BlockOf<"table">, reader: Reader): HTMLElement {
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

/** Draws an image; if it can't be loaded, a frame with its alternative text. */
export function imageNode({ image_url, slack_file, alt_text }: Image): HTMLElement {
  const from = image_url ?? slack_file?.url ?? slack_file?.id ?? "";
  const frame = () =>
    element("span", { class: "no-picture", role: "img", "aria-label": alt_text, title: from }, alt_text);
  if (!image_url) return frame();
  const node: HTMLImageElement = element("img", {
    src: image_url,
    alt: alt_text,
    loading: "lazy",
    error: () => node.replaceWith(frame()),
  });
  return node;
}
