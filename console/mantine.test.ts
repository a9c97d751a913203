import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const assets = join(import.meta.dirname, "dist/assets");
const stylesheets = fileURLToPath(new URL("styles/", import.meta.resolve("@mantine/core/styles.css")));
const built = existsSync(assets);

/** The classes of Mantine's components, which have names like `m_87cf2631`, in a text. */
const classesIn = (text: string) => new Set(text.match(/\bm_[0-9a-f]{4,9}\b/g));

test.skipIf(!built)(
  `mantine.css has the styles that the built Console uses${built ? "" : " (skipped: no built Console)"}`,
  () => {
    const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
    const used = classesIn(scripts.map((name) => readFileSync(join(assets, name), "utf8")).join());
    const needed = readdirSync(stylesheets)
      .filter((name) => name.endsWith(".css") && !name.endsWith(".layer.css"))
      .filter((name) =>
        [...classesIn(readFileSync(join(stylesheets, name), "utf8"))].some((one) => used.has(one)),
      );
    const imported =
      readFileSync(join(import.meta.dirname, "mantine.css"), "utf8").match(/[\w-]+\.css(?=";)/g) ?? [];
    const forAll = ["baseline.css", "default-css-variables.css", "global.css"];
    expect(imported.filter((name) => !forAll.includes(name)).toSorted()).toEqual(needed.toSorted());
  },
);
