import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "vitepress";
import { slugOf } from "./markdown.ts";
import type { SidebarItem } from "./stage.ts";

/** The folder of the staged pages, beside which `build.ts` has the site written. */
const pages = process.env.TOCSIN_PAGES ?? "";
const sidebar: SidebarItem[] = existsSync(`${pages}/sidebar.json`)
  ? JSON.parse(readFileSync(`${pages}/sidebar.json`, "utf8"))
  : [];

export default defineConfig({
  title: "Tocsin",
  description: "A self-hosted alert desk for security teams.",
  base: process.env.DOCS_BASE ?? "/",
  outDir: `${pages}/../site`,
  cacheDir: `${pages}/.vitepress/cache`,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${process.env.DOCS_BASE ?? "/"}bell.svg` }]],
  markdown: {
    anchor: { slugify: slugOf },
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
    languageAlias: { jsonata: "js", banned: "text", names: "text", layers: "text" },
  },
  themeConfig: {
    logo: "/bell.svg",
    nav: [
      { text: "Start", link: "/start" },
      { text: "Sources", link: "/sources/" },
      { text: "Operations", link: "/operating" },
      { text: "API", link: "/api/" },
    ],
    sidebar,
    outline: [2, 3],
    search: {
      provider: "local",
      options: { miniSearch: { searchOptions: { fuzzy: 0.1, boost: { title: 4 } } } },
    },
    docFooter: { prev: "Before", next: "Next" },
  },
});
