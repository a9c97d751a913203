import type { Block } from "./shapes/block.ts";
import type { Element } from "./shapes/element.ts";

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

function elementFaults(element: Element, path: PropertyKey[]): Fault[] {
  const faults: Fault[] = [];
  if (element.type === "static_select" || element.type === "multi_static_select") {
    if (!element.options === !element.option_groups)
      faults.push({ path, says: "must define either options or option_groups" });
  }
  if (!initial(element).every((chosen) => offered(element).some(same(chosen))))
    faults.push({ path, says: "initial option(s) not found in options" });
  return faults;
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

function blockFaults(block: Block, path: PropertyKey[]): Fault[] {
  const faults: Fault[] = [];
  if (block.type === "section" && !block.text && !block.fields)
    faults.push({ path, says: "must define either text or fields" });
  const seen = new Set<string>();
  for (const { element, path: within } of elementsOf(block)) {
    const id = element.action_id;
    if (id && seen.has(id)) faults.push({ path, says: `action_id ${id} already exists` });
    if (id) seen.add(id);
    faults.push(...elementFaults(element, [...path, ...within]));
  }
  return faults;
}

/** What Slack refuses though each block is well formed: repeated ids, an initial choice nobody offers. */
export function ruleFaults(blocks: readonly Block[], path: PropertyKey[]): Fault[] {
  const ids = new Set<string>();
  return blocks.flatMap((block, index) => {
    const here = [...path, index];
    const faults = blockFaults(block, here);
    if (block.block_id && ids.has(block.block_id))
      faults.push({ path: [...here, "block_id"], says: `block_id ${block.block_id} already exists` });
    if (block.block_id) ids.add(block.block_id);
    return faults;
  });
}
