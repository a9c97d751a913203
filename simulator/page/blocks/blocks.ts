import type { Picked } from "../../block-kit/picked.ts";
import type { Block, BlockOf } from "../../block-kit/shapes/block.ts";
import type { Element } from "../../block-kit/shapes/element.ts";
import { element } from "../basics/element.ts";
import { richTextNodes } from "../text/rich-text.ts";
import { textNodes } from "../text/text.ts";
import { controlNode } from "./control.ts";
import type { Surroundings } from "./holding.ts";

export type Place = { blockId: string; actionId: string };

/** How blocks show and report what people do with them. */
export type Surface = {
  around: Surroundings;
  held: (place: Place, control: Element) => Picked;
  act: (place: Place, picked: Picked) => void;
  /** What stands in red under an input, by block_id. */
  errors: Record<string, string>;
};

const placed = (block: Block, control: Element): Place => ({
  blockId: block.block_id ?? "",
  actionId: control.action_id ?? "",
});

function control(block: Block, given: Element, surface: Surface): HTMLElement | null {
  const place = placed(block, given);
  const { around, held, act } = surface;
  return controlNode(given, { picked: held(place, given), pick: (picked) => act(place, picked), around });
}

const picture = ({ image_url, alt_text }: { image_url: string; alt_text: string }) =>
  element("img", { src: image_url, alt: alt_text, loading: "lazy" });

function section(block: BlockOf<"section">, surface: Surface): HTMLElement {
  const { names } = surface.around;
  const { accessory } = block;
  const side =
    accessory?.type === "image" ? picture(accessory) : accessory && control(block, accessory, surface);
  return element(
    "div",
    { class: "section" },
    element(
      "div",
      { class: "section-text" },
      block.text ? element("div", {}, ...textNodes(block.text, names)) : null,
      block.fields
        ? element(
            "div",
            { class: "fields" },
            ...block.fields.map((f) => element("div", {}, ...textNodes(f, names))),
          )
        : null,
    ),
    side ? element("div", { class: "accessory" }, side) : null,
  );
}

function inputBlock(block: BlockOf<"input">, surface: Surface): HTMLElement {
  const error = surface.errors[block.block_id ?? ""];
  const field = control(block, block.element, surface);
  const id = `input-${block.block_id}`;
  field?.setAttribute("id", id);
  if (error) field?.setAttribute("aria-invalid", "true");
  if (error) field?.setAttribute("aria-describedby", `${id}-error`);
  return element(
    "div",
    { class: "input-block" },
    element(
      "label",
      { for: id },
      block.label.text,
      block.optional ? element("small", { class: "optional" }, " (optional)") : null,
    ),
    field,
    error ? element("p", { class: "field-error", id: `${id}-error`, role: "alert" }, error) : null,
    block.hint ? element("p", { class: "hint" }, block.hint.text) : null,
  );
}

function blockNode(block: Block, surface: Surface): HTMLElement {
  const { names } = surface.around;
  switch (block.type) {
    case "header":
      return element("h3", { class: "header" }, ...textNodes(block.text, names));
    case "section":
      return section(block, surface);
    case "context":
      return element(
        "div",
        { class: "context" },
        ...block.elements.map((e) =>
          e.type === "image" ? picture(e) : element("span", {}, ...textNodes(e, names)),
        ),
      );
    case "actions":
      return element("div", { class: "actions" }, ...block.elements.map((e) => control(block, e, surface)));
    case "divider":
      return element("hr");
    case "image":
      return element(
        "figure",
        {},
        block.title ? element("figcaption", {}, block.title.text) : null,
        picture(block),
      );
    case "input":
      return inputBlock(block, surface);
    case "rich_text":
      return element("div", { class: "rich-text" }, ...richTextNodes(block.elements, names));
    default:
      throw new Error("A block of no known kind", { cause: block satisfies never });
  }
}

/** Blocks as Slack draws them. */
export const blockNodes = (blocks: readonly Block[], surface: Surface): HTMLElement[] =>
  blocks.map((block) => blockNode(block, surface));
