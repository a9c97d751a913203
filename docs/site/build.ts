import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readOpenApi } from "./read-open-api.ts";
import { stage } from "./stage.ts";

// `make docs` writes the site into docs/dist/site, and the pages that it is made from into docs/dist/pages. DOCS_BASE is
// the path below which it will be served; GitHub's own variables make links to other files lead to the repository.
const root = join(import.meta.dirname, "../..");
const pages = join(root, "docs/dist/pages");
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA = "HEAD" } = process.env;
const repository = GITHUB_REPOSITORY ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}` : null;

const { files, sidebar } = await stage({
  read: (file) => readFile(join(root, file), "utf8"),
  decisions: (await readdir(join(root, "docs/decisions"))).toSorted(),
  openApi: await readOpenApi(),
  repository,
});

await rm(pages, { recursive: true, force: true });
for (const [name, text] of files) await write(name, text);
await write("sidebar.json", JSON.stringify(sidebar, null, 2));
await write(".vitepress/config.ts", `export { default } from "${import.meta.dirname}/config.ts";\n`);
await write(".vitepress/theme/index.ts", `export { default } from "${import.meta.dirname}/theme.ts";\n`);
await cp(join(root, "docs/pictures"), join(pages, "public/pictures"), { recursive: true });
await cp(join(root, "console/public/bell.svg"), join(pages, "public/bell.svg"));

process.env.TOCSIN_PAGES = pages;
const { build } = await import("vitepress");
await build(pages);

async function write(name: string, text: string): Promise<void> {
  const path = join(pages, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
