import { readFile } from "node:fs/promises";
import swagger from "@fastify/swagger";
import type { FastifySchema } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { App } from "../../api/deps.ts";
import { problemBody } from "../../api/problem.ts";
import type { Access, RouteRule } from "../../api/requires.ts";
import { basePathOf } from "../../api/session-cookie.ts";

const packageFile = new URL("../../../package.json", import.meta.url);
const description = `Lists take \`limit\` (25, at most 50) and \`cursor\`, and answer \`{results, next}\`. Errors are
problem details (RFC 9457) that name the field at fault. Changes with a session cookie must come from the
Console's own origin; programs send an API token.`;

const securitySchemes = {
  token: { type: "http", scheme: "bearer", description: "An API token, `tcn_…`. Also as `X-API-Key`." },
  session: { type: "apiKey", in: "cookie", name: "tocsin_session", description: "Set by signing in." },
} as const;

const problemResponse = {
  description: "What went wrong, and where (RFC 9457)",
  content: { "application/problem+json": { schema: problemBody } },
};

/** Serves `/api/openapi.json`, made from the routes' schemas, and `/api/docs`. Has to be registered before the routes. */
export async function openApi(app: App, config: { publicUrl: string }): Promise<void> {
  const { version } = JSON.parse(await readFile(packageFile, "utf8"));
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Tocsin", version, description },
      components: { securitySchemes },
    },
    transform: (about) => {
      const rule = about.route.config?.rule;
      if (!rule) return jsonSchemaTransform(about);
      const response = Object.assign({}, about.schema?.response, { default: problemResponse });
      const made = jsonSchemaTransform({ ...about, schema: { ...about.schema, response } });
      return { ...made, schema: { ...made.schema, ...ruleSchema(rule) } };
    },
    transformObject: jsonSchemaTransformObject,
  });
  const hide = { schema: { hide: true } };
  app.get("/api/openapi.json", hide, async () => app.swagger());
  await servePage(app, basePathOf(config));
}

function ruleSchema({ access, audits }: RouteRule): Pick<FastifySchema, "security" | "description"> {
  const writes = audits.length > 0 && `Adds to the audit log: ${audits.join(", ")}.`;
  if (access === "anyone") return { security: [], ...(writes && { description: writes }) };
  const description = [needs(access), writes].filter(Boolean).join(" ");
  return { security: [{ token: [] }, { session: [] }], description };
}

function needs(access: Exclude<Access, "anyone">): string {
  if (access === "signed in") return "Needs a session or an API token.";
  const all = [access].flat();
  return `Needs the permission${all.length > 1 ? "s" : ""} ${all.join(" and ")}.`;
}

const pageFiles = [
  ["/api/docs", new URL("./docs.html", import.meta.url), "text/html; charset=utf-8"],
  ["/api/docs/docs.js", new URL("./docs.js", import.meta.url), "text/javascript"],
  ["/api/docs/schema-text.js", new URL("./schema-text.js", import.meta.url), "text/javascript"],
  ["/api/docs/docs.css", new URL("./docs.css", import.meta.url), "text/css"],
] as const;

async function servePage(app: App, base: string): Promise<void> {
  for (const [url, file, type] of pageFiles) {
    const content = (await readFile(file, "utf8")).replaceAll('"/api/', `"${base}/api/`);
    app.get(url, { schema: { hide: true } }, async (_request, reply) => reply.type(type).send(content));
  }
}
