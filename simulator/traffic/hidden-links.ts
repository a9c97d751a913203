import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/shapes/block.ts";

/** Slack takes a button whose link has a host without a dot, and shows it to nobody. */
export const isHiddenLink = (url: string): boolean =>
  !(URL.parse(url)?.hostname ?? "").includes(".") && /^https?:/.test(url);

/** One note for each button of a message that nobody will see. */
export const hiddenLinks = (blocks: readonly Block[]): string[] =>
  blocks
    .flatMap(elementsOf)
    .flatMap(({ element }) =>
      element.type === "button" && element.url && isHiddenLink(element.url)
        ? [`Slack hides the button "${element.text.text}": the host of ${element.url} has no dot`]
        : [],
    );
