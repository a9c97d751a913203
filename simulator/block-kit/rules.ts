import type { Block, Image } from "./schema/block.ts";
import type { Element } from "./schema/element.ts";

/** An error in blocks, with the path to it. */
export type BlockError = { path: PropertyKey[]; message: string };
type Option = { value: string; text: { text: string } };

const optionsOf = (element: Element): Option[] => {
  if (element.type === "external_select" || element.type === "multi_external_select")
    return initialOptions(element);
  if (!("options" in element) && !("option_groups" in element)) return [];
  const groups = "option_groups" in element ? (element.option_groups ?? []) : [];
  return [...(element.options ?? []), ...groups.flatMap((group) => group.options)];
};

const initialOptions = (element: Element): Option[] => {
  if ("initial_option" in element && element.initial_option) return [element.initial_option];
  return "initial_options" in element ? (element.initial_options ?? []) : [];
};

const isSameOption = (a: Option) => (b: Option) => a.value === b.value && a.text.text === b.text.text;

function numberErrors(element: Element, path: PropertyKey[]): BlockError[] {
  if (element.type !== "number_input") return [];
  const { min_value: min = "-Infinity", max_value: max = "Infinity", initial_value: value } = element;
  if (Number(min) > Number(max)) return [{ path, message: "min_value must not be greater than max_value" }];
  const isWithin = value === undefined || (Number(value) >= Number(min) && Number(value) <= Number(max));
  return isWithin ? [] : [{ path, message: "initial_value must be between min_value and max_value" }];
}

function elementErrors(element: Element, path: PropertyKey[]): BlockError[] {
  const errors: BlockError[] = [];
  if (element.type === "static_select" || element.type === "multi_static_select") {
    if (!element.options === !element.option_groups)
      errors.push({ path, message: "must define either options or option_groups" });
  }
  if (!initialOptions(element).every((chosen) => optionsOf(element).some(isSameOption(chosen))))
    errors.push({ path, message: "initial option(s) not found in options" });
  return [...errors, ...numberErrors(element, path)];
}

/** The interactive elements of a block, each with its path in the block. */
export function elementsOf(block: Block): { element: Element; path: PropertyKey[] }[] {
  switch (block.type) {
    case "actions":
      return block.elements.map((element, index) => ({ element, path: ["elements", index] }));
    case "input":
      return [{ element: block.element, path: ["element"] }];
    case "section":
      return block.accessory && block.accessory.type !== "image"
        ? [{ element: block.accessory, path: ["accessory"] }]
        : [];
    default:
      return [];
  }
}

/** The images of a block, each with its path in the block. */
function imagesOf(block: Block): { image: Image; path: PropertyKey[] }[] {
  switch (block.type) {
    case "image":
      return [{ image: block, path: [] }];
    case "context":
      return block.elements.flatMap((image, index) =>
        image.type === "image" ? [{ image, path: ["elements", index] }] : [],
      );
    case "section":
      return block.accessory?.type === "image" ? [{ image: block.accessory, path: ["accessory"] }] : [];
    default:
      return [];
  }
}

const imageErrors = (block: Block, path: PropertyKey[]): BlockError[] =>
  imagesOf(block).flatMap(({ image, path: subpath }) =>
    !image.image_url === !image.slack_file
      ? [{ path: [...path, ...subpath], message: "must define either image_url or slack_file" }]
      : [],
  );

function blockErrors(block: Block, path: PropertyKey[]): BlockError[] {
  const errors: BlockError[] = [];
  if (block.type === "section" && !block.text && !block.fields)
    errors.push({ path, message: "must define either text or fields" });
  errors.push(...imageErrors(block, path));
  const seen = new Set<string>();
  for (const { element, path: subpath } of elementsOf(block)) {
    const id = element.action_id;
    if (id && seen.has(id)) errors.push({ path, message: `action_id ${id} already exists` });
    if (id) seen.add(id);
    errors.push(...elementErrors(element, [...path, ...subpath]));
  }
  return errors;
}

export type Surface = "message" | "modal" | "home";

/** Blocks for one surface only. Slack's reference limits `alert` to modals, though one of its samples posts it. */
const allowedSurface: Partial<Record<Block["type"], Surface>> = {
  markdown: "message",
  table: "message",
  alert: "modal",
};

/** The maximum length of all markdown blocks of a message together, in characters. */
const maxMarkdownLength = 12_000;

/** Errors that depend on the surface or on the other blocks. */
function placementErrors(blocks: readonly Block[], path: PropertyKey[], surface: Surface): BlockError[] {
  let markdown = 0;
  let tables = 0;
  return blocks.flatMap((block, index) => {
    const blockPath = [...path, index];
    if (surface !== (allowedSurface[block.type] ?? surface))
      return [{ path: blockPath, message: `unsupported type: ${block.type}` }];
    if (block.type === "table" && ++tables > 1)
      return [{ path: blockPath, message: "only_one_table_allowed" }];
    if (block.type === "markdown") markdown += block.text.length;
    return block.type === "markdown" && markdown > maxMarkdownLength
      ? [{ path: [...blockPath, "text"], message: `must be less than ${maxMarkdownLength + 1} characters` }]
      : [];
  });
}

/** Errors in blocks of valid shape, such as duplicate IDs or an initial option that is missing in the options. */
export function ruleErrors(blocks: readonly Block[], path: PropertyKey[], surface: Surface): BlockError[] {
  const ids = new Set<string>();
  const each = blocks.flatMap((block, index) => {
    const blockPath = [...path, index];
    const errors = blockErrors(block, blockPath);
    if (block.block_id && ids.has(block.block_id))
      errors.push({ path: [...blockPath, "block_id"], message: `block_id ${block.block_id} already exists` });
    if (block.block_id) ids.add(block.block_id);
    return errors;
  });
  return [...each, ...placementErrors(blocks, path, surface)];
}
