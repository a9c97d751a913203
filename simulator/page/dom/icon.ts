import { element } from "./element.ts";

const shapes = {
  bell: "M5 17c2-2 2-4 2-7a5 5 0 0 1 10 0c0 3 0 5 2 7ZM10 20.500a2.500 2.500 0 0 0 4 0",
  lock: "M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  eye: "M2 12s4-6.500 10-6.500S22 12 22 12s-4 6.500-10 6.500S2 12 2 12ZM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5",
  thread: "M4 5h16v11h-9l-4 4v-4H4ZM8 9h8M8 12.500h5",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6Z",
  at: "M15.500 12a3.500 3.500 0 1 1-3.500-3.500c2 0 3.500 1.500 3.500 3.500Zm0 0v1.500a2.250 2.250 0 0 0 4.500 0V12a8 8 0 1 0-3 6.250",
  send: "M4 4.500 20 12 4 19.500 6.500 12ZM6.500 12H12",
  file: "M6 3h8l4 4v14H6ZM14 3v4h4",
  back: "M14.500 5.500 8 12l6.500 6.500",
  menu: "M4 7h16M4 12h16M4 17h16",
  traffic: "M4 8h14l-4-4M20 16H6l4 4",
  smile:
    "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M9 9.500v.01M15 9.500v.01M8 14a4.500 4.500 0 0 0 8 0",
  pin: "M9 3.500h6l-1 6 3.500 3.500h-11L10 9.500ZM12 13v7.500",
  plus: "M12 5v14M5 12h14",
  bin: "M5 7h14M9 7V4.500h6V7M7 7l1 13h8l1-13",
} as const;

const svg = "http://www.w3.org/2000/svg";

/** A line icon, hidden from screen readers. */
export function icon(name: keyof typeof shapes): SVGElement {
  const node = document.createElementNS(svg, "svg");
  node.setAttribute("viewBox", "0 0 24 24");
  node.setAttribute("class", `icon icon-${name}`);
  node.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", shapes[name]);
  node.append(path);
  return node;
}

const tints = ["#2c6fbb", "#8a5a9e", "#b35c1e", "#a33b5b", "#3f7d4e", "#60718a", "#1c7f86"];

/** An avatar: initials on a colour, or a bell for an app. */
export function avatar({ name, isApp }: { name: string; isApp: boolean }): HTMLElement {
  const initials = name.split(" ").map((word) => word[0]);
  const node = element(
    "span",
    { class: "avatar", "aria-hidden": "true" },
    isApp ? icon("bell") : initials.slice(0, 2).join(""),
  );
  node.style.background = isApp ? "#8f5b22" : (tints[name.charCodeAt(0) % tints.length] ?? "");
  return node;
}
