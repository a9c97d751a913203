import { customWebhook } from "../../src/deliver/custom-webhook/custom-webhook.ts";
import { apiPages, type OpenApi } from "./api-pages.ts";
import { destinationEntries, filesOfTypes, settingsOf, sourceEntries } from "./entries.ts";
import { headings } from "./markdown.ts";
import { type Draft, placeLinks, placesOf } from "./place-links.ts";
import { furtherPages, groups, type Page } from "./site-map.ts";
import { type ListItem, splitPage } from "./split-page.ts";

/** An entry of the sidebar; `items` are folded below it. */
export interface SidebarItem {
  text: string;
  link?: string;
  items?: SidebarItem[];
  collapsed?: boolean;
}

/** What the site is built from: Markdown by file name, and the sidebar. */
export interface Staged {
  files: Map<string, string>;
  sidebar: SidebarItem[];
}

interface Sources {
  /** Reads a file of the repository. */
  read(file: string): Promise<string>;
  /** The files of docs/decisions, by name. */
  decisions: readonly string[];
  openApi: OpenApi;
  /** The address below which the repository shows its files; null if it is not known. */
  repository: string | null;
}

/**
 * Makes the site's pages of the repository's Markdown and of the code.
 *
 * @throws Error if a link leads to an anchor that is not there, or a section is missing.
 */
export async function stage({ read, decisions, openApi, repository }: Sources): Promise<Staged> {
  const pages = [...groups.flatMap((group) => group.pages), ...furtherPages];
  const drafted = await Promise.all(pages.map(async (page) => ({ page, drafts: await draft(page, read) })));
  const records = await Promise.all(decisions.map((name) => decisionDraft(name, read)));
  const readme = { route: "", file: "README.md", text: await read("README.md"), own: [] };
  const home = { ...readme, text: await homeText(readme.text, read) };
  const drafts = [home, ...drafted.flatMap((one) => one.drafts), decisionList(records), ...records];
  const places = placesOf([readme, ...drafts]);
  const titles = new Map([
    ...drafts.toReversed().map(({ file, text }) => [file, titleOf(text)] as const),
    ...pages.flatMap(({ file, title }) => (title ? [[file, title] as const] : [])),
  ]);
  const api = apiPages(openApi);
  const files = [
    ...drafts.map(({ route, file, text }) => {
      const placed = placeLinks({ file, text: darkPictures(text) }, { places, titles, repository });
      return [fileName(route), placed] as const;
    }),
    ...api.map(({ route, text }) => [fileName(route), text] as const),
  ];
  return { files: new Map(files), sidebar: sidebarOf(drafted, { api, records }) };
}

async function draft(page: Page, read: Sources["read"]): Promise<Draft[]> {
  const { file, route, split } = page;
  const text = await read(file);
  if (split === "source kinds") return splitPage(page, { text, entries: sourceEntries() });
  if (split === "destination types") {
    const listed: ListItem[] = [
      { title: "Slack Bot", target: filesOfTypes.get("slack-bot") ?? "" },
      { title: "Custom Webhook", target: filesOfTypes.get("custom-webhook") ?? "" },
    ];
    return splitPage(page, { text, entries: destinationEntries(), listed });
  }
  const facts = route === "destinations/custom-webhook" ? `\n${settingsOf(customWebhook)}\n` : "";
  return [{ route, file, text: `${text}${facts}`, own: [] }];
}

async function decisionDraft(name: string, read: Sources["read"]): Promise<Draft> {
  const file = `docs/decisions/${name}`;
  return { route: `decisions/${name.replace(/\.md$/, "")}`, file, text: await read(file), own: [] };
}

function decisionList(records: readonly Draft[]): Draft {
  const lines = records.map(({ file, text }) => `- [${titleOf(text)}](${file.split("/").at(-1)})`);
  const intro = "# Decisions\n\nWhy the parts are what they are, oldest first.";
  return { route: "decisions/", file: "docs/decisions", text: `${intro}\n\n${lines.join("\n")}\n`, own: [] };
}

/** The start page: its own head, then what the README says below its first picture. */
async function homeText(readme: string, read: Sources["read"]): Promise<string> {
  const head = `---\n${await read("docs/site/home.yaml")}---\n`;
  const body = readme.slice(headings(readme).find(({ level }) => level === 2)?.at);
  return `${head}\n${body}`;
}

/** A picture with a dark one becomes two, of which the site's theme shows one. */
function darkPictures(text: string): string {
  const pair =
    /<picture>\s*<source[^>]*srcset="([^"]+)"[^>]*>\s*<img ([^>]*)src="([^"]+)"[^>]*>\s*<\/picture>/g;
  return text.replaceAll(pair, (_, dark, attributes, light) =>
    [
      `<img class="in-light" ${attributes}src="${light}">`,
      `<img class="in-dark" ${attributes}src="${dark}">`,
    ].join("\n"),
  );
}

function sidebarOf(
  drafted: { page: Page; drafts: Draft[] }[],
  { api, records }: { api: { route: string; title: string }[]; records: Draft[] },
): SidebarItem[] {
  const apiItems = api.map(({ title, route }) => ({ text: title, link: `/${route}` }));
  const decisionItems = records.map(({ route, text }) => ({ text: titleOf(text), link: `/${route}` }));
  const extra: Record<string, SidebarItem[]> = {
    Reference: [folded("API", apiItems)],
    Project: [folded("Decisions", [{ text: "Decisions", link: "/decisions/" }, ...decisionItems])],
  };
  return groups.map(({ title, pages }) => {
    const items = pages.map((page) => {
      const [own, ...parts] = drafted.find((one) => one.page === page)?.drafts ?? [];
      const text = page.title ?? titleOf(own?.text ?? "");
      const link = `/${page.route}`;
      if (!page.split) return { text, link };
      const further = furtherPages.filter(({ route }) => route.startsWith(page.route));
      const below = [
        ...further.map((one) => ({ text: one.title ?? "", link: `/${one.route}` })),
        ...parts.map((part) => ({ text: titleOf(part.text), link: `/${part.route}` })),
      ];
      return folded(text, [{ text, link }, ...below]);
    });
    return { text: title, items: [...items, ...(extra[title] ?? [])] };
  });
}

/** The first entry is the page that the title itself leads to. */
function folded(text: string, [first, ...items]: SidebarItem[]): SidebarItem {
  return { text, link: first?.link, items, collapsed: true };
}

function titleOf(text: string): string {
  return headings(text)[0]?.text ?? "";
}

function fileName(route: string): string {
  return `${route === "" || route.endsWith("/") ? `${route}index` : route}.md`;
}
