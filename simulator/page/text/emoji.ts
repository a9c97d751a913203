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
  "👀": '<ellipse cx="6.500" cy="12" rx="5" ry="8" fill="#f5f8fa" stroke="#8899a6" stroke-width="1.500"/><ellipse cx="17.500" cy="12" rx="5" ry="8" fill="#f5f8fa" stroke="#8899a6" stroke-width="1.500"/><circle cx="8" cy="13" r="2.500" fill="#292f33"/><circle cx="19" cy="13" r="2.500" fill="#292f33"/>',
  "👍": '<path d="M3 11h4v10H3Z" fill="#e09a3e"/><path d="M8 20.500V11l4-9c2 0 3 1.500 2.500 3.500L13.500 9H20a2 2 0 0 1 2 2.500l-1.800 7.500a2 2 0 0 1-2 1.500Z" fill="#ffcc4d"/>',
  "👎": '<g transform="rotate(180 12 12)"><path d="M3 11h4v10H3Z" fill="#e09a3e"/><path d="M8 20.500V11l4-9c2 0 3 1.500 2.500 3.500L13.500 9H20a2 2 0 0 1 2 2.500l-1.800 7.500a2 2 0 0 1-2 1.500Z" fill="#ffcc4d"/></g>',
  "❌": '<path d="M4 4 20 20M20 4 4 20" fill="none" stroke="#dd2e44" stroke-width="4" stroke-linecap="round"/>',
  "❓": '<path d="M7 8a5 5 0 1 1 7 4.500c-1.500.8-2 1.500-2 3" fill="none" stroke="#be1931" stroke-width="3.500" stroke-linecap="round"/><circle cx="12" cy="20.500" r="2.200" fill="#be1931"/>',
  "❤️": '<path d="M12 21C3 14 2 10 2 7.500 2 4.500 4.300 2.500 7 2.500c2 0 4 1.200 5 3.500 1-2.300 3-3.500 5-3.500 2.700 0 5 2 5 5 0 2.500-1 6.500-10 13.500Z" fill="#dd2e44"/>',
  "🎉": '<path d="M2 22 7 8l9 9Z" fill="#ffcc4d"/><path d="m9 6 2-4M18 15l4-2M13 10c1-3 3-4 6-4" fill="none" stroke="#dd2e44" stroke-width="2.200" stroke-linecap="round"/><circle cx="20" cy="3.500" r="1.800" fill="#5c913b"/><circle cx="5" cy="4" r="1.500" fill="#55acee"/><circle cx="20.500" cy="20" r="1.600" fill="#9266cc"/>',
  "🔥": '<path d="M12 1c1 4 7 6 7 13a7 7 0 0 1-14 0c0-4 2-6 3-9 1 1 1.500 2 2 3.500C11 6 11.500 4 12 1Z" fill="#f4900c"/><path d="M12 11c.5 2 3.500 3 3.500 6.500a3.500 3.500 0 0 1-7 0C8.500 15 11 14 12 11Z" fill="#ffcc4d"/>',
  "🚨": '<path d="M5 19v-6a7 7 0 0 1 14 0v6Z" fill="#dd2e44"/><path d="M3 19h18v3H3Z" fill="#66757f"/><path d="M12 1v2.500M3 5l2 1.500M21 5l-2 1.500" stroke="#f4900c" stroke-width="2" stroke-linecap="round"/><path d="M8.500 13.500A3.500 3.500 0 0 1 12 10" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/>',
  "🤔": '<circle cx="12" cy="11" r="9.500" fill="#ffcc4d"/><circle cx="8.500" cy="9.500" r="1.400" fill="#664500"/><circle cx="15" cy="9.500" r="1.400" fill="#664500"/><path d="M6.500 6.500 10 5.500M13.500 5.800l3 1.200M9 15c2-1 4-1 6-.5" fill="none" stroke="#664500" stroke-width="1.500" stroke-linecap="round"/><path d="M5 23c-1-4 1-6 3-5.500l7-.8c1 .5.8 1.600 0 2L12 19.500C12 22 9 24 5 23Z" fill="#f4900c"/>',
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
