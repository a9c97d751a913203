// VitePress's own theme with the fonts of the system; its styles come first, and theme.css changes their colours.
export { default } from "vitepress/theme-without-fonts";

import "./theme.css";
