import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import files from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { type Problem, problem } from "../api/problem.ts";
import { basePathOf } from "../api/session-cookie.ts";
import type { Config } from "../config.ts";
import { findTrouble } from "../db/unavailable.ts";
import { sendProblem } from "./answer-faults.ts";

const built = join(import.meta.dirname, "../../console/dist");
const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tocsin</title>
<p>Tocsin is running. Its Console is not built yet. Run <code>npm run console</code>, then reload.</p></html>`;

/** Serves the Console built by Vite. Addresses that aren't files get its page, whose router handles them. */
export async function consoleFiles(
  app: App,
  config: Pick<Config, "publicUrl">,
  folder: string = built,
): Promise<void> {
  const index = join(folder, "index.html");
  const isBuilt = existsSync(index);
  const page = isBuilt ? pageBelow(await readFile(index, "utf8"), basePathOf(config)) : notBuilt;
  // The build writes compressed copies next to the files.
  if (isBuilt)
    await app.register(files, {
      root: folder,
      index: false,
      // A folder without an index is refused with 403 otherwise, the root too.
      allowedPath: (path) => !path.endsWith("/"),
      preCompressed: true,
      cacheControl: false,
      setHeaders: cacheByName,
    });
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request)) return sendProblem(reply, nothingAt(request));
    return reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page);
  });
}

/** The Console's page with its files, and the path that its scripts need, below the path of PUBLIC_URL. */
function pageBelow(page: string, base: string): string {
  return page
    .replaceAll('="./', `="${base}/`)
    .replace('name="base-path" content=""', `name="base-path" content="${base}"`);
}

export function nothingAt(request: FastifyRequest): Problem {
  return problem(404, `There is nothing at ${pathOf(request)}.`);
}

/** Names in `assets/` contain a hash of the file, so these files never change. */
function cacheByName(reply: FastifyReply, path: string): void {
  const immutable = path.includes("/assets/");
  reply.header("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
}

function isPage(request: FastifyRequest): boolean {
  const path = pathOf(request);
  const reserved = /^\/(api|slack|auth|assets)(\/|$)/.test(path);
  return request.method === "GET" && !reserved && !path.includes(".");
}

function pathOf({ url }: FastifyRequest): string {
  return url.split("?")[0] ?? "/";
}

const okBody = z.object({ status: z.literal("ok") });

/** `/healthz`: the process runs. `/readyz`: it can work, else 503 with the reason. */
export function healthRoutes(app: App, { db, whyNotReady }: Deps): void {
  const schema = { hide: true, response: { 200: okBody } };
  app.get("/healthz", { schema }, async () => ({ status: "ok" as const }));
  app.get("/readyz", { schema }, async () => {
    const trouble = await findTrouble(db);
    const why = trouble?.why ?? whyNotReady();
    if (why) throw problem(503, why, { retryAfter: trouble?.retryAfter ?? 5 });
    return { status: "ok" as const };
  });
}
