// Renders /api/openapi.json. Plain JavaScript, since the browser loads it without a build.

import { limitsOf, nameOf, typeOf } from "./schema-text.js";

const spec = await (await fetch("/api/openapi.json")).json();
const methods = ["get", "post", "put", "patch", "delete"];

/** An element with attributes and children; a string child is text, never HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function operations() {
  return Object.entries(spec.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({ method, path, ...item[method] })),
  );
}

function anchor({ method, path }) {
  return `${method}-${path}`.replaceAll(/[^a-z0-9]+/gi, "-");
}

function row(name, schema, required) {
  const label = make("code", {}, name + (required ? "" : "?"));
  const type = make("code", { class: "type" }, typeOf(schema));
  const ref = nameOf(schema) ?? nameOf(schema.items ?? {});
  const shown = ref ? make("a", { href: `#schema-${ref}` }, type) : type;
  const about = [schema.description, limitsOf(schema)].filter(Boolean).join("; ");
  return make("tr", {}, make("td", {}, label), make("td", {}, shown), make("td", {}, about));
}

/** A table of an object's fields, or of the one type of anything else. */
function table(schema) {
  const fields = Object.entries(schema.properties ?? {});
  const rows = fields.map(([name, field]) => row(name, field, schema.required?.includes(name)));
  if (rows.length === 0) return make("table", {}, make("tbody", {}, row("body", schema, true)));
  return make("table", {}, make("tbody", {}, rows));
}

function part(title, content) {
  return content && make("section", {}, make("h4", {}, title), content);
}

function bodyOf(content) {
  const schema = Object.values(content ?? {})[0]?.schema;
  return schema && Object.keys(schema).length > 0 ? table(schema) : null;
}

function showOperation(operation) {
  const { method, path, summary, description, parameters = [], requestBody, responses } = operation;
  const rows = parameters.map(({ name, schema, required }) => row(name, schema, required));
  const answers = Object.entries(responses)
    .filter(([status]) => status !== "default")
    .map(([status, { content }]) => part(`Response ${status}`, bodyOf(content) ?? make("p", {}, "No body")));
  const title = make(
    "h3",
    {},
    make("b", { class: method }, method.toUpperCase()),
    " ",
    make("code", {}, path),
  );
  return make(
    "article",
    { id: anchor(operation) },
    title,
    make("p", {}, [summary, description].filter(Boolean).join(". ")),
    part("Parameters", rows.length > 0 ? make("table", {}, make("tbody", {}, rows)) : null),
    part("Body", bodyOf(requestBody?.content)),
    answers,
  );
}

function showSchema([name, schema]) {
  return make("article", { id: `schema-${name}` }, make("h3", {}, make("code", {}, name)), table(schema));
}

const groups = Map.groupBy(operations(), ({ tags }) => tags?.[0] ?? "Other");
const links = [...groups].map(([tag, found]) => {
  const items = found.map((operation) =>
    make("li", {}, make("a", { href: `#${anchor(operation)}` }, operation.summary ?? operation.path)),
  );
  return [make("h2", {}, tag), make("ul", {}, items)];
});
document.querySelector("nav")?.replaceChildren(...links.flat());
document
  .querySelector("main")
  ?.replaceChildren(
    make("h1", {}, `${spec.info.title} API ${spec.info.version}`),
    make("p", {}, spec.info.description.replaceAll("`", "")),
    make("p", {}, "OpenAPI document: ", make("a", { href: "/api/openapi.json" }, "/api/openapi.json")),
    ...[...groups].flatMap(([tag, found]) => [make("h2", {}, tag), ...found.map(showOperation)]),
    make("h2", {}, "Schemas"),
    ...Object.entries(spec.components?.schemas ?? {}).map(showSchema),
  );
document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
