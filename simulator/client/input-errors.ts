import { type ControlValue, initialValue } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Element } from "../block-kit/schema/element.ts";
import type { FilledValues } from "./control-values.ts";

const isEmpty = (picked: ControlValue) => picked === null || picked.length === 0;

function numberError(
  { is_decimal_allowed, ...limits }: Extract<Element, { type: "number_input" }>,
  text: string,
) {
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) return "Please enter a valid number.";
  if (!is_decimal_allowed && text.includes(".")) return "Please enter a whole number.";
  if (Number(text) < Number(limits.min_value ?? text))
    return `Please enter a number of at least ${limits.min_value}.`;
  return Number(text) > Number(limits.max_value ?? text)
    ? `Please enter a number of at most ${limits.max_value}.`
    : undefined;
}

/** The client-side error of one input. Most texts are not Slack's own. */
function textError(element: Element, text: string): string | undefined {
  switch (element.type) {
    case "plain_text_input":
      if (text.length > (element.max_length ?? 3000)) return "This field is too long.";
      return text.length < (element.min_length ?? 0) ? "This field is too short." : undefined;
    case "email_text_input":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : "Please enter a valid email address.";
    case "url_text_input":
      return /^https?:\/\/./.test(text) && URL.canParse(text) ? undefined : "Please enter a valid URL.";
    case "number_input":
      return numberError(element, text);
    default:
      return undefined;
  }
}

/** The errors that Slack's client shows before it sends a dialog to the app, by `block_id`. */
export function clientErrors(blocks: readonly Block[], filled: FilledValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== "input") continue;
    for (const { element } of elementsOf(block)) {
      const id = block.block_id ?? "";
      const picked = filled[id]?.[element.action_id ?? ""] ?? initialValue(element);
      const required = block.optional ? undefined : "Please complete this required field.";
      const error = isEmpty(picked) ? required : textError(element, typeof picked === "string" ? picked : "");
      if (error) errors[id] = error;
    }
  }
  return errors;
}
