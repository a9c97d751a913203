import type { Block, Image } from "./schema/block.ts";
import type { Element } from "./schema/element.ts";

type Fault = { path: PropertyKey[]; says: string };
type Option = { value: string; text: { text: string } };

const offered = (element: Element): Option[] => {
  if (element.type === "external_select" || element.type === "multi_external_select") return initial(element);
  if (!("options" in element) && !("option_groups" in element)) return [];
  const groups = "option_groups" in element ? (element.option_groups ?? []) : [];
  return [...(element.options ?? []), ...groups.flatMap((group) => group.options)];
};

const initial = (element: Element): Option[] => {
  if ("initial_option" in element && element.initial_option) return [element.initial_option];
  return "initial_options" in element ? (element.initial_options ?? []) : [];
};

const same = (a: Option) => (b: Option) => a.value === b.value && a.text.text === b.text.text;

function numberFaults(element: Element, path: PropertyKey[]): Fault[] {
  if (element.type !== "number_input") return [];
  const { min_value: min = "-Infinity", max_value: max = "Infinity", initial_value: value } = element;
  if (Number(min) > Number(max)) return [{ path, says: "min_value must not be greater than max_value" }];
  const isWithin = value === undefined || (Number(value) >= Number(min) && Number(value) <= Number(max));
  return isWithin ? [] : [{ path, says: "initial_value must be between min_value and max_value" }];
}

function elementFaults(element: Element, path: PropertyKey[]): Fault[] {
  const faults: Fault[] = [];
  if (element.type === "static_select" || element.type === "multi_static_select") {
    if (!element.options === !element.option_groups)
      faults.push({ path, says: "must define either options or option_groups" });
  }
  if (!initial(element).every((chosen) => offered(element).some(same(chosen))))
    faults.push({ path, says: "initial option(s) not found in options" });
  return [...faults, ...numberFaults(element, path)];
}

/** The interactive elements of a block, each with its place in it. */
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

/** The pictures of a block, each with its place in it. */
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

const imageFaults = (block: Block, path: PropertyKey[]): Fault[] =>
  imagesOf(block).flatMap(({ image, path: within }) =>
    !image.image_url === !image.slack_file
      ? [{ path: [...path, ...within], says: "must define either image_url or slack_file" }]
      : [],
  );

function blockFaults(block: Block, path: PropertyKey[]): Fault[] {
  const faults: Fault[] = [];
  if (block.type === "section" && !block.text && !block.fields)
    faults.push({ path, says: "must define either text or fields" });
  faults.push(...imageFaults(block, path));
  const seen = new Set<string>();
  for (const { element, path: within } of elementsOf(block)) {
    const id = element.action_id;
    if (id && seen.has(id)) faults.push({ path, says: `action_id ${id} already exists` });
    if (id) seen.add(id);
    faults.push(...elementFaults(element, [...path, ...within]));
  }
  return faults;
}

export type Surface = "message" | "modal" | "home";

/** Blocks that don't go everywhere. Slack's reference keeps `alert` to dialogs, though one of its samples posts it. */
const only: Partial<Record<Block["type"], Surface>> = {
  markdown: "message",
  table: "message",
  alert: "modal",
};

/** Of all markdown blocks of a message together, in characters. */
const longestMarkdown = 12_000;

/** What is wrong with where a block stands, and with the company it keeps. */
function placeFaults(blocks: readonly Block[], path: PropertyKey[], surface: Surface): Fault[] {
  let markdown = 0;
  let tables = 0;
  return blocks.flatMap((block, index) => {
    const here = [...path, index];
    if (surface !== (only[block.type] ?? surface))
      return [{ path: here, says: `unsupported type: ${block.type}` }];
    if (block.type === "table" && ++tables > 1) return [{ path: here, says: "only_one_table_allowed" }];
    if (block.type === "markdown") markdown += block.text.length;
    return block.type === "markdown" && markdown > longestMarkdown
      ? [{ path: [...here, "text"], says: `must be less than ${longestMarkdown + 1} characters` }]
      : [];
  });
}

/** What Slack refuses though each block is well formed: repeated ids, an initial choice nobody offers. */
export function ruleFaults(blocks: readonly Block[], path: PropertyKey[], surface: Surface): Fault[] {
  const ids = new Set<string>();
  const each = blocks.flatMap((block, index) => {
    const here = [...path, index];
    const faults = blockFaults(block, here);
    if (block.block_id && ids.has(block.block_id))
      faults.push({ path: [...here, "block_id"], says: `block_id ${block.block_id} already exists` });
    if (block.block_id) ids.add(block.block_id);
    return faults;
  });
  return [...each, ...placeFaults(blocks, path, surface)];
}
