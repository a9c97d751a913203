import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { FastifyInstance } from "fastify";

const types = new Map([
  ["html", "text/html; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["ts", "text/javascript; charset=utf-8"],
]);

// The page may use the rules of Block Kit, which need nothing of Node; the rest of the simulator stays here.
const servable = /^\/(page|block-kit)\/[a-z/-]+\.(html|css|svg|ts)$/;

/** A file of the page, TypeScript without its types: so the page is checked like the rest and needs no build. */
function read(path: string): string {
  const source = readFileSync(new URL(`.${path}`, import.meta.url), "utf8");
  return path.endsWith(".ts") ? stripTypeScriptTypes(source) : source;
}

// What was stripped once serves every simulator of this process.
const kept = new Map<string, string>();

/** The page at `/`, on which one sees the workspace as one of its people and acts in it. */
export function servePage(server: FastifyInstance): void {
  server.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(read("/page/index.html")));
  server.get("/*", (request, reply) => {
    const path = URL.parse(request.url, "http://simulator")?.pathname ?? "";
    const type = servable.exec(path)?.[2];
    if (!type) return reply.code(404).send("Not found");
    const text = kept.get(path) ?? read(path);
    kept.set(path, text);
    return reply.type(types.get(type) ?? "text/plain").send(text);
  });
}
