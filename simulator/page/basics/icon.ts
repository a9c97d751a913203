const shapes = {
  bell: "M5 17c2-2 2-4 2-7a5 5 0 0 1 10 0c0 3 0 5 2 7ZM10 20.500a2.500 2.500 0 0 0 4 0",
  lock: "M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  eye: "M2 12s4-6.500 10-6.500S22 12 22 12s-4 6.500-10 6.500S2 12 2 12ZM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5",
  thread: "M4 5h16v11h-9l-4 4v-4H4ZM8 9h8M8 12.500h5",
} as const;

const svg = "http://www.w3.org/2000/svg";

/** A small line drawing, which says nothing to a screen reader. */
export function icon(name: keyof typeof shapes): SVGElement {
  const node = document.createElementNS(svg, "svg");
  node.setAttribute("viewBox", "0 0 24 24");
  node.setAttribute("class", "icon");
  node.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", shapes[name]);
  node.append(path);
  return node;
}
