import { dirname, posix } from "node:path";
import { anchors, mapLinks } from "./markdown.ts";

/** A page of the site before its links are changed. */
export interface Draft {
  /** Its address on the site, without `.html`; a folder's page ends in `/`. */
  route: string;
  /** The file that it comes from, relative to the repository. */
  file: string;
  text: string;
  /** Anchors of the file that lead to the page itself, since its section became the page. */
  own: string[];
}

/** What the drafts' links lead to: addresses of the site, by file and by file with `#` and an anchor. */
export type Places = ReadonlyMap<string, string>;

interface Site {
  places: Places;
  /** The titles of pages, by file. */
  titles: ReadonlyMap<string, string>;
  /** The address below which the repository shows its files; null if it is not known. */
  repository: string | null;
}

export function placesOf(drafts: readonly Draft[]): Places {
  const inside = drafts.flatMap(({ file, route, text, own }) => [
    ...anchors(text).map((anchor) => [`${file}#${anchor}`, `/${route}#${anchor}`] as const),
    ...own.map((anchor) => [`${file}#${anchor}`, `/${route}`] as const),
  ]);
  // The first page of a file is the file itself.
  const files = drafts.toReversed().map(({ file, route }) => [file, `/${route}`] as const);
  return new Map([...inside, ...files]);
}

/**
 * The draft's text with links to the site's pages, and to the repository for other files. A page that is called by its
 * file's name gets its title. Without the repository's address, what is said of other files stays and the links go.
 *
 * @throws Error if a link leads to an anchor that its page doesn't have.
 */
export function placeLinks({ file, text }: Pick<Draft, "file" | "text">, site: Site): string {
  const { places, titles, repository } = site;
  return mapLinks(text, (target, label) => {
    if (/^[a-z]+:/.test(target)) return { target, label };
    const [path = "", anchor] = target.split("#");
    const named = path ? posix.join(dirname(file), path).replace(/\/$/, "") : file;
    if (named.startsWith("docs/pictures/")) return { target: named.replace("docs", ""), label };
    const page = places.get(named);
    if (page === undefined) return repository === null ? null : { target: `${repository}/${named}`, label };
    const title = /^[\w/.-]+\.md$/.test(label) ? (titles.get(named) ?? label) : label;
    if (anchor === undefined) return { target: page, label: title };
    const place = places.get(`${named}#${anchor}`);
    if (place === undefined) throw new Error(`${file} links to ${target}, an anchor that is not there`);
    return { target: place, label: title };
  });
}
