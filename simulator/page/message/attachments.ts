import type { AttachmentView } from "../../control/message-view.ts";
import { blockNodes, type Surface } from "../blocks/blocks.ts";
import { imageNode } from "../blocks/figures.ts";
import { type Child, element } from "../dom/element.ts";
import { mrkdwnNodes } from "../text/text.ts";

const namedColours: Record<string, string> = { good: "#2eb886", warning: "#daa038", danger: "#a30200" };

const toHexColour = (colour: string | undefined) => {
  const hex = namedColours[colour ?? ""] ?? `#${(colour ?? "").replace(/^#/, "")}`;
  return /^#[0-9a-f]{3}([0-9a-f]{3})?$/i.test(hex) ? hex : undefined;
};

const linkNode = (text: string, url: string | undefined) =>
  url && /^https?:/.test(url)
    ? element("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text)
    : text;

const image = (url: string | undefined, alt_text: string) =>
  url ? imageNode({ type: "image", image_url: url, alt_text }) : null;

function footer({ footer: text, ts }: AttachmentView): HTMLElement | null {
  if (!text && ts === undefined) return null;
  const when = ts === undefined ? undefined : new Date(ts * 1000).toLocaleString();
  return element("small", {}, [text, when].filter(Boolean).join(" | "));
}

function content(given: AttachmentView, surface: Surface): Child[] {
  const { workspace } = surface;
  const { author_name: author, author_link, title, title_link, text, fields, blocks } = given;
  const own: Child[] = [
    author ? element("div", { class: "attached-author" }, linkNode(author, author_link)) : null,
    title ? element("div", { class: "attached-title" }, linkNode(title, title_link)) : null,
    text ? element("div", { class: "text" }, ...mrkdwnNodes(text, workspace)) : null,
    fields.length > 0
      ? element(
          "div",
          { class: "fields" },
          ...fields.map((field) =>
            element(
              "div",
              { class: field.short ? "" : "wide" },
              element("b", {}, field.title),
              element("div", { class: "text" }, ...mrkdwnNodes(field.value, workspace)),
            ),
          ),
        )
      : null,
    ...blockNodes(blocks, surface),
    image(given.image_url ?? given.thumb_url, title ?? given.fallback ?? "Picture"),
    footer(given),
  ];
  return own.some(Boolean) ? own : [given.fallback];
}

/** Draws the attachments of a message, each with its colour bar. */
export const attachmentNodes = (all: readonly AttachmentView[], surface: Surface): HTMLElement[] =>
  all.flatMap((one) => {
    const box = element("div", { class: "attached" }, ...content(one, surface));
    const colour = toHexColour(one.color);
    // Safe to set: `toHexColour` only returns valid colours.
    if (colour) box.style.borderLeftColor = colour;
    const before = one.pretext
      ? [element("div", { class: "text" }, ...mrkdwnNodes(one.pretext, surface.workspace))]
      : [];
    return [...before, box];
  });
