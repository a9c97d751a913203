import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const types = new Map([
  ["html", "text/html; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["ts", "text/javascript; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"],
]);

// The page may import block-kit/, which does not need Node; the rest of the simulator is not served.
const servable = /^\/(page|block-kit|apps\/browser)\/[a-z/-]+\.(html|css|svg|ts|js)$/;

/**
 * Strips the types from TypeScript. The experimental warning of this API is suppressed; stripping is synchronous, so
 * no other warning can get lost meanwhile.
 */
function strip(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Reads a file of the page. TypeScript is stripped here, so a checkout's page needs no build. */
function read(path: string): string {
  const source = readFileSync(new URL(`.${path}`, import.meta.url), "utf8");
  return path.endsWith(".ts") ? strip(source) : source;
}

const ofPage = "base sidebar conversation message composer blocks controls dialogs traffic narrow".split(" ");
const inPageStyle = (name: string) => `/page/style/${name}.css`;

/** Style sheets that are sent as one, because each request costs a page load time; later ones override earlier ones. */
const joined = new Map([
  ["/page/style.css", ofPage.map(inPageStyle)],
  [
    "/apps/browser/all.css",
    [
      ...["base", "controls", "dialogs"].map(inPageStyle),
      "/apps/browser/style.css",
      "/apps/browser/notices-and-dialogs.css",
    ],
  ],
]);

// Shared by all simulators of this process, so that each file is stripped once.
const cache = new Map<string, string>();

/** Serves the page at `/`, on which one uses the workspace as one of its people. */
export function servePage(server: FastifyInstance): void {
  server.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(read("/page/index.html")));
  const file = (request: FastifyRequest, reply: FastifyReply) => {
    const path = URL.parse(request.url, "http://simulator")?.pathname ?? "";
    const type = servable.exec(path)?.[2];
    if (!type) return reply.code(404).send("Not found");
    const text = cache.get(path) ?? (joined.get(path) ?? [path]).map(read).join("\n");
    cache.set(path, text);
    // So that a page which is opened again soon, as in tests, doesn't ask for its forty modules again.
    return reply
      .type(types.get(type) ?? "text/plain")
      .header("cache-control", "max-age=10")
      .send(text);
  };
  server.get("/*", file);
  // Otherwise the route of Your Apps would take "browser" for an app's ID.
  server.get("/apps/browser/*", file);
}
