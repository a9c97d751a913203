import type { Image } from "../../../block-kit/schema/block.ts";
import { element } from "../../dom/element.ts";

/** A picture; where it can't be fetched, as without internet, a frame that says what it shows. */
export function picture({ image_url, slack_file, alt_text }: Image): HTMLElement {
  const from = image_url ?? slack_file?.url ?? slack_file?.id ?? "";
  const frame = () =>
    element("span", { class: "no-picture", role: "img", "aria-label": alt_text, title: from }, alt_text);
  if (!image_url) return frame();
  const node: HTMLImageElement = element("img", {
    src: image_url,
    alt: alt_text,
    loading: "lazy",
    error: () => node.replaceWith(frame()),
  });
  return node;
}
