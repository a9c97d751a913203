import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const types = new Map([
  ["html", "text/html; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["ts", "text/javascript; charset=utf-8"],
]);

// The page may import block-kit/, which does not need Node; the rest of the simulator is not served.
const servable = /^\/(page|block-kit|apps\/browser)\/[a-z/-]+\.(html|css|svg|ts)$/;

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

/** Reads a file of the page. TypeScript is stripped here, so the page needs no build. */
function read(path: string): string {
  const source = readFileSync(new URL(`.${path}`, import.meta.url), "utf8");
  return path.endsWith(".ts") ? strip(source) : source;
}

/** The style sheets in the order in which later ones override earlier ones. */
const styles = "base sidebar conversation message composer blocks controls dialogs traffic narrow".split(" ");

/** All style sheets as one, because each request costs a page load time. */
const readStyles = () => styles.map((name) => read(`/page/style/${name}.css`)).join("\n");

// Shared by all simulators of this process, so that each file is stripped once.
const cache = new Map<string, string>();

/** Serves the page at `/`, on which one uses the workspace as one of its people. */
export function servePage(server: FastifyInstance): void {
  server.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(read("/page/index.html")));
  const file = (request: FastifyRequest, reply: FastifyReply) => {
    const path = URL.parse(request.url, "http://simulator")?.pathname ?? "";
    const type = servable.exec(path)?.[2];
    if (!type) return reply.code(404).send("Not found");
    const text = cache.get(path) ?? (path === "/page/style.css" ? readStyles() : read(path));
    cache.set(path, text);
    return reply.type(types.get(type) ?? "text/plain").send(text);
  };
  server.get("/*", file);
  // Otherwise the route of Your Apps would take "browser" for an app's ID.
  server.get("/apps/browser/*", file);
}
