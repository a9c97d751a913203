import type { ControlValue } from "../../block-kit/controls.ts";
import type { Block, BlockOf } from "../../block-kit/schema/block.ts";
import type { Element } from "../../block-kit/schema/element.ts";
import type { SearchResult } from "../../client/suggestions.ts";
import { element } from "../dom/element.ts";
import { withEmoji } from "../text/emoji.ts";
import { markdownNodes, richTextNodes } from "../text/rich-text.ts";
import { textNodes } from "../text/text.ts";
import { controlNode } from "./control.ts";
import type { InputPhase, WorkspaceInfo } from "./control-props.ts";
import { imageNode, tableNode } from "./figures.ts";

export type ControlId = { blockId: string; actionId: string };

/** The message or view around blocks: supplies values and handles actions. */
export type Surface = {
  workspace: WorkspaceInfo;
  /** Identifies the message or view on the page. */
  key: string;
  currentValue: (id: ControlId, control: Element) => ControlValue;
  onAction: (id: ControlId, picked: ControlValue, phase: InputPhase) => void;
  suggest: (id: ControlId, typed: string) => Promise<SearchResult>;
  /** The state of the last use of a control: waiting for the app's answer, or failed. */
  status: (key: string) => "waiting" | "failed" | undefined;
  /** Error messages under inputs, by `block_id`. */
  errors: Record<string, string>;
};

const noResponse = "The app didn't respond to this";

function control(block: Block, given: Element, surface: Surface): HTMLElement | null {
  const { workspace, currentValue, onAction, suggest } = surface;
  const id = { blockId: block.block_id ?? "", actionId: given.action_id ?? "" };
  const key = `${surface.key}/${id.blockId}/${id.actionId}`;
  const node = controlNode(given, {
    key,
    workspace,
    picked: currentValue(id, given),
    pick: (picked, phase = "picked") => onAction(id, picked, phase),
    suggest: (typed) => suggest(id, typed),
  });
  const status = surface.status(key);
  if (status === "waiting") node?.classList.add("waiting");
  if (!node || status !== "failed") return node;
  const mark = element(
    "span",
    { class: "failed-mark", role: "img", "aria-label": noResponse, title: noResponse },
    "⚠",
  );
  return element("span", { class: "with-mark" }, node, mark);
}

function section(block: BlockOf<"section">, surface: Surface): HTMLElement {
  const { workspace } = surface;
  const { accessory } = block;
  const side =
    accessory?.type === "image" ? imageNode(accessory) : accessory && control(block, accessory, surface);
  return element(
    "div",
    { class: "section" },
    element(
      "div",
      { class: "section-text" },
      block.text ? element("div", {}, ...textNodes(block.text, workspace)) : null,
      block.fields
        ? element(
            "div",
            { class: "fields" },
            ...block.fields.map((f) => element("div", {}, ...textNodes(f, workspace))),
          )
        : null,
    ),
    side ? element("div", { class: "accessory" }, side) : null,
  );
}

/** Sets the accessible name of an input: its label, and for a select also its value. */
function setAccessibleName(field: HTMLElement, label: string): void {
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
  if (field) setAccessibleName(field, block.label.text);
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
  const { workspace } = surface;
  switch (block.type) {
    case "header":
      return element("h3", { class: "header" }, ...textNodes(block.text, workspace));
    case "section":
      return section(block, surface);
    case "context":
      return element(
        "div",
        { class: "context" },
        ...block.elements.map((e) =>
          e.type === "image" ? imageNode(e) : element("span", {}, ...textNodes(e, workspace)),
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
        imageNode(block),
      );
    case "input":
      return inputBlock(block, surface);
    case "markdown":
      return element("div", { class: "rich-text markdown" }, ...markdownNodes(block.text, workspace));
    case "table":
      return tableNode(block, workspace);
    case "alert":
      return element(
        "div",
        { class: `alert ${block.level ?? "default"}` },
        ...textNodes(block.text, workspace),
      );
    case "rich_text":
      return element("div", { class: "rich-text" }, ...richTextNodes(block.elements, workspace));
    default:
      throw new Error("Unknown block type", { cause: block satisfies never });
  }
}

/** Draws blocks as Slack does. */
export const blockNodes = (blocks: readonly Block[], surface: Surface): HTMLElement[] =>
  blocks.map((block) => blockNode(block, surface));
