import jsonata from "jsonata";
import type { ExpressionField, Expressions } from "../../alert/expressions.ts";
import type { BadExpression, PickedField } from "./evaluation.ts";

export interface Compiled {
  source: string;
  expression: jsonata.Expression;
}

interface CompiledAll {
  expressions: { [Field in ExpressionField]?: Compiled };
  bad: BadExpression[];
}

/** Clear errors for what would otherwise end the thread. */
const guards = { stack: 500, sequence: 100_000 };

/** They read more than the report, or run text from it. The same body must give the same alert when it is replayed. */
const withheld = ["eval", "now", "millis", "random", "shuffle"];

/** By the JSON of the expressions: a source sends many bodies. */
const cache = new Map<string, CompiledAll>();
const maxCached = 50;

/** Compiles the expressions of a source, or says which can't be parsed. */
export function compileAll(sources: Expressions): CompiledAll {
  const key = JSON.stringify(sources);
  const known = cache.get(key);
  if (known) return known;
  const compiled: CompiledAll = { expressions: {}, bad: [] };
  for (const [field, source] of Object.entries(sources)) {
    const result = compile(source);
    if ("fault" in result) compiled.bad.push({ field, ...result });
    else Object.assign(compiled.expressions, { [field]: result });
  }
  const [oldest] = cache.size >= maxCached ? cache.keys() : [];
  if (oldest !== undefined) cache.delete(oldest);
  cache.set(key, compiled);
  return compiled;
}

function compile(source: string): Compiled | Omit<BadExpression, "field"> {
  try {
    const expression = jsonata(source, guards);
    for (const name of withheld) expression.registerFunction(name, () => refuse(name));
    return { source, expression };
  } catch (caught) {
    const { fault = "is not an expression", at = 0 } = describeFault(caught, source);
    return { fault, at };
  }
}

function refuse(name: string): never {
  throw new Error(`$${name}() is not available, because an expression may only read the report`);
}

/** What JSONata threw, which is no error, and where. */
export function describeFault(caught: unknown, source: string): Pick<PickedField, "fault" | "at"> {
  if (typeof caught !== "object" || caught === null) return { fault: String(caught) };
  const message = "message" in caught && typeof caught.message === "string" ? caught.message : "failed";
  // Codes of type errors. The value of others is a limit.
  const isOfType = "code" in caught && typeof caught.code === "string" && caught.code.startsWith("T");
  const value = isOfType && "value" in caught ? shortJson(caught.value) : null;
  const met = value === null || message.includes(value) ? "" : ` It met ${value}.`;
  const text = met === "" ? message : wrongArgument(caught, message) + met;
  return { fault: text.slice(0, 500), ...placeOf(caught, source) };
}

/** JSONata speaks of signatures, which people who write expressions don't see. */
function wrongArgument(caught: object, message: string): string {
  const isArgument = "index" in caught && typeof caught.index === "number" && "token" in caught;
  if (!isArgument || !/does not match function signature/.test(message)) return message.replace(/\.?$/, ".");
  return `Argument ${caught.index} of $${caught.token}() has the wrong type.`;
}

/** JSONata's positions lie behind the token, in a call behind its bracket. "(end)" is no text of the expression. */
function placeOf(caught: object, source: string): Pick<PickedField, "at"> {
  if (!("position" in caught) || typeof caught.position !== "number") return {};
  const token = "token" in caught && typeof caught.token === "string" ? caught.token : "";
  const start = token === "" ? -1 : source.lastIndexOf(token, caught.position);
  return { at: Math.max(0, Math.min(start < 0 ? caught.position : start, source.length - 1)) };
}

function shortJson(value: unknown): string | null {
  const json = value === undefined ? undefined : JSON.stringify(value);
  if (json === undefined) return null;
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}
