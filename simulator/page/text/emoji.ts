import { element } from "../dom/element.ts";

// Slack's clients draw emoji themselves; drawing them here makes them look the same with any font.
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

function imageNode(emoji: string): HTMLElement {
  const node = element("span", { class: "emoji", role: "img", "aria-label": emoji });
  // Safe: only the drawings above are inserted as markup, never text from an app.
  node.innerHTML = `<svg viewBox="0 0 24 24">${drawings[emoji] ?? disc(discs[emoji] ?? "")}</svg>`;
  return node;
}

/** Draws a text; the emoji that are known here become images. */
export const withEmoji = (text: string): Node[] =>
  text
    .split(known)
    .filter((part) => part !== "")
    .map((part) => (part in discs || part in drawings ? imageNode(part) : document.createTextNode(part)));
