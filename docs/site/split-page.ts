import { headings, slugOf } from "./markdown.ts";
import type { Draft } from "./place-links.ts";
import type { Page } from "./site-map.ts";

/** A section of a page that gets a page of its own. */
export interface Entry {
  /** The section's heading in the file. */
  heading: string;
  /** The last part of the page's address. */
  name: string;
  title: string;
  /** Markdown that follows the section's text, made from the code. */
  facts: string;
}

/**
 * A page and its entries. What is left of the page gets a list of them, before its first section.
 *
 * @throws Error if the file has no section for an entry.
 */
export function splitPage(
  { file, route }: Pick<Page, "file" | "route">,
  { text, entries, listed = [] }: { text: string; entries: readonly Entry[]; listed?: ListItem[] },
): Draft[] {
  const starts = headings(text).filter(({ level }) => level === 2);
  const sections = starts.map(({ text: heading, at }, n) => ({
    heading,
    body: text.slice(at, starts[n + 1]?.at ?? text.length),
  }));
  const own = entries.map(({ heading, name, title, facts }): Draft => {
    const section = sections.find((one) => one.heading === heading);
    if (!section) throw new Error(`${file} has no section "## ${heading}"`);
    const raised = section.body.trim().replaceAll(/^#(#+ )/gm, "$1");
    const body = raised.replace(/^# .*/, `# ${title}`);
    const parts = [body, facts].filter(Boolean);
    return { route: `${route}${name}`, file, text: `${parts.join("\n\n")}\n`, own: [slugOf(heading)] };
  });
  const intro = text.slice(0, starts[0]?.at ?? text.length).trim();
  const rest = sections.filter(({ heading }) => !entries.some((entry) => entry.heading === heading));
  const list = [...listed, ...entries.map(({ heading, title }) => ({ title, target: `#${slugOf(heading)}` }))]
    .map(({ title, target }) => `- [${title}](${target})`)
    .join("\n");
  const left = [
    intro,
    `<div class="list-of-pages">\n\n${list}\n\n</div>`,
    ...rest.map(({ body }) => body.trim()),
  ];
  return [{ route, file, text: `${left.join("\n\n")}\n`, own: [] }, ...own];
}

/** An entry of the list that has a file of its own. */
export interface ListItem {
  title: string;
  target: string;
}
