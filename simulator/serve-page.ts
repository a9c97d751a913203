import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const types = new Map([
  ["html", "text/html; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["ts", "text/javascript; charset=utf-8"],
]);

// The page may use the rules of Block Kit, which need nothing of Node; the rest of the simulator stays here.
const servable = /^\/(page|block-kit|apps\/browser)\/[a-z/-]+\.(html|css|svg|ts)$/;

/**
 * TypeScript without its types. Node runs such files itself without a word, but warns once when it is asked to strip
 * one by hand; stripping is synchronous, so no other warning can come while this one is held back.
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

/** A file of the page; its TypeScript is checked like the rest and needs no build. */
function read(path: string): string {
  const source = readFileSync(new URL(`.${path}`, import.meta.url), "utf8");
  return path.endsWith(".ts") ? strip(source) : source;
}

// What was stripped once serves every simulator of this process.
const kept = new Map<string, string>();

/** The page at `/`, on which one sees the workspace as one of its people and acts in it. */
export function servePage(server: FastifyInstance): void {
  server.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(read("/page/index.html")));
  const file = (request: FastifyRequest, reply: FastifyReply) => {
    const path = URL.parse(request.url, "http://simulator")?.pathname ?? "";
    const type = servable.exec(path)?.[2];
    if (!type) return reply.code(404).send("Not found");
    const text = kept.get(path) ?? read(path);
    kept.set(path, text);
    return reply.type(types.get(type) ?? "text/plain").send(text);
  };
  server.get("/*", file);
  // Else it would be a page of the app "browser".
  server.get("/apps/browser/*", file);
}
