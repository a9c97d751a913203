import { isHiddenLink } from "../block-kit/hidden-link.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";

/** One note for each button of a message that nobody will see. */
export const hiddenLinks = (blocks: readonly Block[]): string[] =>
  blocks
    .flatMap(elementsOf)
    .flatMap(({ element }) =>
      element.type === "button" && element.url && isHiddenLink(element.url)
        ? [`Slack hides the button "${element.text.text}": the host of ${element.url} has no dot`]
        : [],
    );
