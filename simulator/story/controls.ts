import { optionsOf } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { Element } from "../block-kit/schema/element.ts";
import type { User } from "../workspace/user.ts";

export type Control = { blockId: string; actionId: string; element: Element };

/** All controls of a message or dialog, in reading order. */
export const controlsOf = (blocks: readonly Block[]): Control[] =>
  blocks.flatMap((block) =>
    elementsOf(block).map(({ element }) => ({
      blockId: block.block_id ?? "",
      actionId: element.action_id ?? "",
      element,
    })),
  );

const placeholder = (element: Element) =>
  "placeholder" in element && element.placeholder ? [element.placeholder.text] : [];

function namesOf(block: Block, element: Element): string[] {
  const names = [element.action_id ?? "", ...placeholder(element)];
  if (element.type === "button") names.push(element.text.text, element.accessibility_label ?? "");
  if (block.type === "input") names.push(block.label.text, block.block_id ?? "");
  return names.map((name) => name.toLowerCase());
}

/**
 * Finds a control by label, placeholder, button text, `action_id` or `block_id`, ignoring case; whole names win over
 * parts. If there is none, throws an error that lists the existing ones.
 */
export function findByName(blocks: readonly Block[], wanted: string): Control {
  const named = blocks.flatMap((block) =>
    controlsOf([block]).map((control) => ({ control, names: namesOf(block, control.element) })),
  );
  const name = wanted.toLowerCase();
  const found =
    named.find(({ names }) => names.includes(name)) ??
    named.find(({ names }) => names.some((other) => other.includes(name)));
  if (found) return found.control;
  const available = named.map(({ names }) => names.filter(Boolean).join(" / "));
  throw new Error(`There is no control "${wanted}". The controls are: ${available.join("; ") || "none"}`);
}

/** Whether a story gives the control's value itself: a text, an ID, or a date such as 2026-11-27. */
const takesRawValue = ({ type }: Element) =>
  /(_input|picker|conversations_select|channels_select)$/.test(type);

/**
 * The value to send for a choice by name: a person, the text of an option, or its value. `found` are the options of
 * a search. Throws if there is no such person or option.
 */
export function valueByName(
  element: Element,
  wanted: string,
  { people, found = [] }: { people: readonly User[]; found?: readonly Option[] },
): string {
  const name = wanted.toLowerCase();
  if (element.type === "users_select" || element.type === "multi_users_select") {
    const person = people.find(
      (p) => p.name === name || p.realName.toLowerCase() === name || p.id === wanted,
    );
    if (person) return person.id;
    throw new Error(`There is no person ${wanted}`);
  }
  // Stories give conversations by ID, because names can be ambiguous.
  if (takesRawValue(element)) return wanted;
  const options = [...found, ...optionsOf(element)];
  const option =
    options.find(({ text }) => text.text.toLowerCase() === name) ??
    options.find(({ value }) => value.toLowerCase() === name);
  if (option) return option.value;
  const available = options.map(({ text }) => text.text);
  throw new Error(`There is no option "${wanted}". The options are: ${available.join(", ") || "none"}`);
}

/** Whether a control takes several values. */
export const isMulti = ({ type }: Element): boolean => type.startsWith("multi_") || type === "checkboxes";

/** The displayed value of a control: an option's text or a person's short name; `null` if it is empty. */
export function displayValue(element: Element, picked: unknown, people: readonly User[]): string | null {
  if (typeof picked !== "string") return null;
  const option = optionsOf(element).find(({ value }) => value === picked);
  return option?.text.text ?? people.find(({ id }) => id === picked)?.name ?? picked;
}
