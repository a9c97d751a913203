import { element } from "./element.ts";
import { icon } from "./icon.ts";

const tints = ["#2c6fbb", "#8a5a9e", "#b35c1e", "#a33b5b", "#3f7d4e", "#60718a", "#1c7f86"];

/** The picture beside a name: initials on a colour of one's own, a bell for the app. */
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
