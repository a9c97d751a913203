// What is said of a value of the OpenAPI document, on /api/docs and on the site of the docs. Plain JavaScript, since the
// browser loads it without a build.

/**
 * A schema of OpenAPI 3.1, as far as Tocsin's use it.
 *
 * @typedef {{ $ref?: string, type?: string | string[], format?: string, enum?: unknown[], const?: unknown,
 *   anyOf?: Schema[], oneOf?: Schema[], items?: Schema, additionalProperties?: Schema | boolean,
 *   properties?: Record<string, Schema>, required?: string[], description?: string, [limit: string]: unknown }} Schema
 */

/**
 * The name of the schema that it refers to; undefined if it is written out.
 *
 * @param {Schema} schema
 * @returns {string | undefined}
 */
export function nameOf(schema) {
  return schema.$ref?.split("/").at(-1);
}

/**
 * A readable type, such as `string[]`, `"OPEN" | "TRIAGED"` or `Alert`.
 *
 * @param {Schema} schema
 * @returns {string}
 */
export function typeOf(schema = {}) {
  const name = nameOf(schema);
  if (name) return name;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const several = schema.anyOf ?? schema.oneOf;
  if (several) return several.map(typeOf).join(" | ");
  if (schema.type === "array") return `${wrap(typeOf(schema.items))}[]`;
  return [schema.type ?? "any"].flat().join(" | ") + (schema.format ? ` (${schema.format})` : "");
}

/** @param {string} type */
function wrap(type) {
  return type.includes(" | ") ? `(${type})` : type;
}

const labels = [
  ["minLength", "at least", " characters"],
  ["maxLength", "at most", " characters"],
  ["minItems", "at least", " items"],
  ["maxItems", "at most", " items"],
  ["minimum", "from", ""],
  ["maximum", "up to", ""],
  ["default", "default", ""],
];

/**
 * The limits and the default of a value as text.
 *
 * @param {Schema} schema
 * @returns {string}
 */
export function limitsOf(schema) {
  const nonEmpty = schema.minLength === 1 || schema.minItems === 1 ? ["not empty"] : [];
  const rest = labels
    .filter(([key]) => schema[key] !== undefined && Math.abs(schema[key]) !== Number.MAX_SAFE_INTEGER)
    .filter(([key]) => schema[key] !== 1 || !["minLength", "minItems"].includes(key))
    .map(([key, before, after]) => `${before} ${JSON.stringify(schema[key])}${after}`);
  return [...nonEmpty, ...rest].join(", ");
}
