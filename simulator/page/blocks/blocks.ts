import type { Picked } from "../../block-kit/controls.ts";
import type { Block, BlockOf } from "../../block-kit/schema/block.ts";
import type { Element } from "../../block-kit/schema/element.ts";
import type { Suggested } from "../../client/suggestions.ts";
import { element } from "../dom/element.ts";
import { withEmoji } from "../text/emoji.ts";
import { markdownNodes, richTextNodes } from "../text/rich-text.ts";
import { textNodes } from "../text/text.ts";
import { controlNode } from "./control.ts";
import type { How, Surroundings } from "./control-props.ts";
import { picture, table } from "./figures.ts";

export type Place = { blockId: string; actionId: string };

/** How blocks show and report what people do with them. */
export type Surface = {
  around: Surroundings;
  /** Names the message or view on the page. */
  key: string;
  held: (place: Place, control: Element) => Picked;
  act: (place: Place, picked: Picked, how: How) => void;
  suggest: (place: Place, typed: string) => Promise<Suggested>;
  /** What became of the last use of a control, when the app has not answered it. */
  trouble: (key: string) => "waiting" | "failed" | undefined;
  /** What stands in red under an input, by block_id. */
  errors: Record<string, string>;
};

const unanswered = "The app didn't respond to this";

function control(block: Block, given: Element, surface: Surface): HTMLElement | null {
  const { around, held, act, suggest } = surface;
  const place = { blockId: block.block_id ?? "", actionId: given.action_id ?? "" };
  const key = `${surface.key}/${place.blockId}/${place.actionId}`;
  const node = controlNode(given, {
    key,
    around,
    picked: held(place, given),
    pick: (picked, how = "picked") => act(place, picked, how),
    suggest: (typed) => suggest(place, typed),
  });
  const trouble = surface.trouble(key);
  if (trouble === "waiting") node?.classList.add("waiting");
  if (!node || trouble !== "failed") return node;
  const mark = element(
    "span",
    { class: "failed-mark", role: "img", "aria-label": unanswered, title: unanswered },
    "⚠",
  );
  return element("span", { class: "with-mark" }, node, mark);
}

function section(block: BlockOf<"section">, surface: Surface): HTMLElement {
  const { around } = surface;
  const { accessory } = block;
  const side =
    accessory?.type === "image" ? picture(accessory) : accessory && control(block, accessory, surface);
  return element(
    "div",
    { class: "section" },
    element(
      "div",
      { class: "section-text" },
      block.text ? element("div", {}, ...textNodes(block.text, around)) : null,
      block.fields
        ? element(
            "div",
            { class: "fields" },
            ...block.fields.map((f) => element("div", {}, ...textNodes(f, around))),
          )
        : null,
    ),
    side ? element("div", { class: "accessory" }, side) : null,
  );
}

/** The label of an input names it; a select also says what is chosen in it. */
function name(field: HTMLElement, label: string): void {
  const isSelect = field.hasAttribute("aria-haspopup");
  const chosen = isSelect ? (field.querySelector("span")?.textContent ?? "") : "";
  const isTyped = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  if (isTyped) field.removeAttribute("aria-label");
  else field.setAttribute("aria-label", isSelect ? `${label}: ${chosen}` : label);
}

function inputBlock(block: BlockOf<"input">, surface: Surface): HTMLElement {
  const error = surface.errors[block.block_id ?? ""];
  const field = control(block, block.element, surface);
  const id = `input-${surface.key}-${block.block_id}`;
  field?.setAttribute("id", id);
  if (field) name(field, block.label.text);
  if (error && !field?.classList.contains("choices")) field?.setAttribute("aria-invalid", "true");
  if (error) field?.setAttribute("aria-describedby", `${id}-error`);
  return element(
    "div",
    { class: "input-block" },
    element(
      "label",
      { for: id },
      ...withEmoji(block.label.text),
      block.optional ? element("small", { class: "optional" }, " (optional)") : null,
    ),
    field,
    error ? element("p", { class: "field-error", id: `${id}-error`, role: "alert" }, error) : null,
    block.hint ? element("p", { class: "hint" }, ...withEmoji(block.hint.text)) : null,
  );
}

function blockNode(block: Block, surface: Surface): HTMLElement {
  const { around } = surface;
  switch (block.type) {
    case "header":
      return element("h3", { class: "header" }, ...textNodes(block.text, around));
    case "section":
      return section(block, surface);
    case "context":
      return element(
        "div",
        { class: "context" },
        ...block.elements.map((e) =>
          e.type === "image" ? picture(e) : element("span", {}, ...textNodes(e, around)),
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
    case "markdown":
      return element("div", { class: "rich-text markdown" }, ...markdownNodes(block.text, around));
    case "table":
      return table(block, around);
    case "alert":
      return element("div", { class: `alert ${block.level ?? "default"}` }, ...textNodes(block.text, around));
    case "rich_text":
      return element("div", { class: "rich-text" }, ...richTextNodes(block.elements, around));
    default:
      throw new Error("A block of no known kind", { cause: block satisfies never });
  }
}

/** Blocks as Slack draws them. */
export const blockNodes = (blocks: readonly Block[], surface: Surface): HTMLElement[] =>
  blocks.map((block) => blockNode(block, surface));
