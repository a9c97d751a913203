import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fence, fences } from "../../../docs/site/markdown.ts";
import { sourceKinds } from "../../../src/ingest/source-kinds.ts";
import { markdownFiles } from "../../markdown-files.ts";
import { startReceiver } from "../../receiver.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { created, createFullToken, type Story, startStory } from "../../tocsin/story.ts";

const run = promisify(execFile);

/** A block of shell commands in the docs, and the reason that a comment gives for not running it. */
interface Block extends Fence {
  place: string;
  reason: string | null;
}

const documents = (await markdownFiles())
  .map(({ file, text }) => ({ file, blocks: shellBlocks(file, text) }))
  .filter(({ blocks }) => blocks.length > 0)
  .toSorted((one, other) => rank(one.file) - rank(other.file));

let story: Story;
let hooks: Awaited<ReturnType<typeof startReceiver>>;
let folder: string;
let shared: Record<string, string>;

beforeAll(async () => {
  hooks = await startReceiver();
  const secretKey = randomBytes(32).toString("base64");
  const { origin } = new URL(hooks.url);
  story = await startStory({
    env: { SECRET_KEY: secretKey, SMTP_URL: "smtp://127.0.0.1:1" },
    doubles: { "hooks.example.com": origin, "events.pagerduty.com": origin },
  });
  await created(story.api("POST", "/users", { email: "ada@example.com", name: "Ada", role: "Analyst" }));
  folder = await temporaryFolder();
  await fillFolder(folder);
  const { tocsin, databaseUrl } = story;
  shared = {
    PATH: `${folder}/bin:${process.env.PATH}`,
    HOME: folder,
    CURL_HOME: folder,
    TOCSIN: story.origin,
    TOKEN: await createFullToken(tocsin.db),
    ...{ DATABASE_URL: databaseUrl, SECRET_KEY: secretKey, PUBLIC_URL: story.origin },
  };
});
afterAll(async () => {
  await story.close();
  await hooks.close();
  await rm(folder, { recursive: true });
});

/** A page has up to twenty commands; no single one takes this long. */
const allCommands = { timeout: 240_000 };

test.each(documents)(
  "the commands of $file work, or a comment says why one isn't tried",
  allCommands,
  async ({ blocks }) => {
    expect(await failuresOf(blocks.filter(({ reason }) => reason === null))).toEqual([]);
    expect(blocks.filter(({ reason }) => reason !== null && reason.length < 10)).toEqual([]);
  },
);

test("most commands of the docs are tried", () => {
  const blocks = documents.flatMap((document) => document.blocks);
  const tried = blocks.filter(({ reason }) => reason === null);
  console.info(`Of ${blocks.length} blocks of commands in the docs, ${tried.length} were tried.`);
  expect(tried.length).toBeGreaterThan(2 * (blocks.length - tried.length));
});

test("a command that fails and one that Tocsin refuses are noticed", async () => {
  const oneOfTwo = `curl $URL -H "X-API-Key: $TOCSIN_KEY" -d '[{"title": "a"}, 7]'`;
  const wrong = ["false\ntrue", "curl $URL -d '{}'", oneOfTwo].map((code) => `\`\`\`sh\n${code}\n\`\`\`\n`);
  const failures = await failuresOf(shellBlocks("a.md", wrong.join("\n")));
  expect(failures.map((failure) => failure.split(":")[1])).toEqual(["1", "6", "10"]);
  const marked = shellBlocks("a.md", "<!-- not run: needs AWS -->\n\n```sh\naws\n```\n");
  expect(marked.map(({ reason }) => reason)).toEqual(["needs AWS"]);
});

function shellBlocks(file: string, text: string): Block[] {
  return fences(text)
    .filter(({ language }) => /^(?:sh|bash|shell|console)$/.test(language))
    .map((fence) => {
      const reason = /^<!-- not run: (.+) -->$/.exec(fence.before)?.[1] ?? null;
      return { ...fence, place: `${file}:${fence.line}`, reason };
    });
}

/** Destinations come after reports, so that nothing is sent to them, and a new key comes last. */
function rank(file: string): number {
  if (file === "docs/operating.md") return 2;
  return /^docs\/(?:destinations|webhooks)\.md$/.test(file) ? 1 : 0;
}

/**
 * Runs blocks, each with a source of the kind that its section is about. One shell runs them all at once, since a process
 * of its own for each would cost more than the commands.
 */
async function failuresOf(blocks: Block[]): Promise<string[]> {
  const parts = await Promise.all(
    blocks.map(async ({ place, section, code }, n) => {
      const kind = sourceKinds.find((one) => one.kind === section)?.kind ?? "native";
      const source = await created(story.api("POST", "/sources", { kind, name: place }));
      const url = source.url.replace("https://tocsin.acme.example", story.origin);
      await writeFile(join(folder, `${n}.sh`), code);
      // After the subshell and not as its alternative, since there bash would not stop at a failing command.
      const command = `(set -eu; export URL=${url} TOCSIN_KEY=${source.key}; . ./${n}.sh) >${n}.out 2>&1`;
      return `{ ${command}; [ $? = 0 ] || printf '\\nfailed\\n' >>${n}.out; } &`;
    }),
  );
  await run("bash", ["-c", `${parts.join("\n")}\nwait`], { cwd: folder, env: shared });
  const outputs = blocks.map(async ({ place, code }, n) => {
    const output = await readFile(join(folder, `${n}.out`), "utf8");
    return /^failed$|"outcome":"invalid"/m.test(output) ? [`${place}: ${code}${output}`] : [];
  });
  return (await Promise.all(outputs)).flat();
}

/** The folder in which the commands run: curl fails on 4xx, make only says what it would do, npx needs no network. */
async function fillFolder(folder: string): Promise<void> {
  const root = resolve(".");
  const scripts = {
    tocsin: `exec "${process.execPath}" "${root}/cli/tocsin.js" "$@"`,
    npx: '[ "$1" = tocsin ] && exec "$@"; echo "npx $1 is not tried" >&2; exit 1',
    make: `exec /usr/bin/make --dry-run --directory "${root}" "$@"`,
  };
  await mkdir(join(folder, "bin"));
  for (const [name, line] of Object.entries(scripts))
    await writeFile(join(folder, "bin", name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  await writeFile(join(folder, ".curlrc"), "fail-with-body\nsilent\nshow-error\n");
  await symlink(join(root, "test"), join(folder, "test"));
  await copyFile("test/recorded/panther-rule.json", join(folder, "payload.json"));
}
