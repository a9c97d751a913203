import { limitsOf, nameOf, type Schema, typeOf } from "../../src/http/docs/schema-text.js";
import { slugOf } from "./markdown.ts";

type Content = Record<string, { schema?: Schema }>;
interface Operation {
  method: string;
  path: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content?: Content };
  responses: Record<string, { content?: Content }>;
}

/** The OpenAPI document, as far as the pages show it. */
export interface OpenApi {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Omit<Operation, "method" | "path">>>;
  components: { schemas: Record<string, Schema> };
}

/** A page of the API reference: its address, its name in the sidebar, its Markdown. */
export interface ApiPage {
  route: string;
  title: string;
  text: string;
}

/** An overview, a page for each tag of the document, and one with the schemas that these name. */
export function apiPages(document: OpenApi): ApiPage[] {
  const groups = [...Map.groupBy(operationsOf(document), ({ tags }) => tags?.[0] ?? "Other")];
  const pages = groups.map(([tag, operations]) => ({
    route: `api/${slugOf(tag)}`,
    title: tag,
    text: [`# API: ${tag}`, ...operations.map(operationText)].join("\n\n"),
  }));
  const lists = groups.map(([tag, operations]) => {
    const lines = operations.map((one) => {
      return `- [\`${nameOfOperation(one)}\`](/api/${slugOf(tag)}#${anchorOf(one)}) ${one.summary ?? ""}`;
    });
    return `## ${tag}\n\n${lines.join("\n")}`;
  });
  const { info } = document;
  const intro = `# API\n\n${info.description}\n\nA running Tocsin describes its own version at \`/api/docs\`, and as OpenAPI 3.1 at
\`/api/openapi.json\`. This is version ${info.version}. [Who may call what](/permissions) has the roles.`;
  const schemas = { route: "api/schemas", title: "Schemas", text: schemasText(document) };
  return [{ route: "api/", title: "API", text: [intro, ...lists].join("\n\n") }, ...pages, schemas];
}

function operationsOf({ paths }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

function nameOfOperation({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function anchorOf(operation: Operation): string {
  return slugOf(nameOfOperation(operation).replaceAll("/", "-"));
}

function operationText(operation: Operation): string {
  const { summary = operation.path, description, parameters = [], requestBody, responses } = operation;
  const [heading = "", rest] = summary.split(/[;,:] (.*)/);
  const required = parameters.flatMap(({ name, required }) => (required ? [name] : []));
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const answers = Object.entries(responses).filter(([status]) => status !== "default");
  return [
    `## ${heading} {#${anchorOf(operation)}}`,
    `<p class="operation"><b>${operation.method}</b> <code v-pre>${operation.path}</code></p>`,
    [rest && `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`, description].filter(Boolean).join(". "),
    parameters.length > 0 && `**Parameters**\n\n${fieldsOf({ properties, required })}`,
    part("Body", requestBody?.content),
    ...answers.map(
      ([status, { content }]) =>
        part(`Response ${status}`, content) ?? `**Response ${status}** without a body`,
    ),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function part(title: string, content: Content = {}): string | null {
  const [found] = Object.values(content);
  const schema = found?.schema;
  if (!schema || Object.keys(schema).length === 0) return null;
  if (!schema.properties) return `**${title}**: ${linked(schema)}`;
  return `**${title}**\n\n${fieldsOf(schema)}`;
}

function fieldsOf({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const about = [schema.description, limitsOf(schema)].filter(Boolean).join("; ");
    return `| \`${name}${required.includes(name) ? "" : "?"}\` | ${linked(schema)} | ${escaped(about)} |`;
  });
  return ["| field | type | about |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A type whose names lead to their schemas. */
function linked(schema: Schema): string {
  const name = nameOf(schema) ?? nameOf(schema.items ?? {}) ?? schema.anyOf?.map(nameOf).find(Boolean);
  const type = `<code>${escaped(typeOf(schema))}</code>`;
  return name ? `[${type}](/api/schemas#${slugOf(name)})` : type;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("|", "&#124;")
    .replaceAll("{{", "{&#8203;{")
    .replaceAll("*", "&#42;")
    .replaceAll("\n", " ");
}

/** The schemas that the operations name, or that such a schema names. */
function schemasText({ paths, components: { schemas } }: OpenApi): string {
  const reached = new Set<string>();
  const reach = (within: unknown): void => {
    for (const [, name = ""] of JSON.stringify(within).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (reached.has(name)) continue;
      reached.add(name);
      reach(schemas[name]);
    }
  };
  reach(paths);
  const texts = [...reached].toSorted().map((name) => {
    const schema = schemas[name] ?? {};
    const about = [schema.description, schema.properties ? fieldsOf(schema) : linked(schema)];
    return [`## ${name}`, ...about].filter(Boolean).join("\n\n");
  });
  return ["# API: Schemas", "A field with `?` may be absent.", ...texts].join("\n\n");
}
