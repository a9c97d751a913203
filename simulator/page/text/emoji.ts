import { element } from "../dom/element.ts";

// Slack's clients bring pictures of their own, so an emoji looks alike on machines with and without such a font.
const discs: Record<string, string> = {
  "🔴": "#dd2e44",
  "🟠": "#f4900c",
  "🟡": "#fdcb58",
  "🟢": "#78b159",
  "🔵": "#55acee",
  "🟣": "#aa8ed6",
  "⚪": "#d0d5da",
  "⚫": "#31373d",
};

const drawings: Record<string, string> = {
  "✅": '<rect x="2" y="2" width="20" height="20" rx="4" fill="#5aa042"/><path d="m6.500 12.500 4 4 7-9" fill="none" stroke="#fff" stroke-width="3"/>',
  "🪃": '<path d="M4.500 20C6 11 11 6 20 4.500" fill="none" stroke="#c1694f" stroke-width="5" stroke-linecap="round"/>',
  "⚠️": '<path d="M12 2 23 21H1Z" fill="#ffcc4d"/><path d="M12 9v6M12 17v2" stroke="#231f20" stroke-width="2.500"/>',
};

const known = new RegExp(`(${[...Object.keys(discs), ...Object.keys(drawings)].join("|")})`, "u");

const disc = (colour: string) => `<circle cx="12" cy="12" r="10" fill="${colour}"/>`;

function picture(emoji: string): HTMLElement {
  const node = element("span", { class: "emoji", role: "img", "aria-label": emoji });
  // Only the drawings above get here: nothing that an app sent is ever read as markup.
  node.innerHTML = `<svg viewBox="0 0 24 24">${drawings[emoji] ?? disc(discs[emoji] ?? "")}</svg>`;
  return node;
}

/** Text with the emoji that are drawn here as pictures, the rest as it is. */
export const withEmoji = (text: string): Node[] =>
  text
    .split(known)
    .filter((part) => part !== "")
    .map((part) => (part in discs || part in drawings ? picture(part) : document.createTextNode(part)));
