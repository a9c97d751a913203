import jsonata from "jsonata";
import type { ExpressionField, Expressions } from "../../alert/expressions.ts";
import type { Answer, BadExpression, Job, Picked, PickedField } from "./evaluation.ts";
import { traceReads } from "./trace-reads.ts";

/** Clear errors for what would otherwise end the thread. */
const guards = { stack: 1000, sequence: 100_000 };
/** Of one field, as JSON: an alert's context has at most 200 KiB. */
const maxFieldLength = 400_000;
const maxReports = 10_000;

/** They read more than the report, or run text from it. The same body must give the same alert when it is replayed. */
const withheld = ["eval", "now", "millis", "random", "shuffle"];

/** Evaluates the expressions of a job on each report of its body. Says what it has as soon as it has it. */
export async function evaluateJob(job: Job, say: (answer: Answer) => void): Promise<void> {
  const { expressions, bad } = compileAll(job.expressions);
  if (bad.length > 0) return say({ kind: "bad", bad });
  const body: unknown = JSON.parse(job.body);
  const given: unknown = job.reports === null ? [body] : JSON.parse(job.reports);
  say({ kind: "loaded" });
  const { reports: list, ...fields } = expressions;
  const listed: PickedField = list ? await pick(list, body, { body }) : { value: given };
  const reports = [listed.value ?? []].flat();
  const fault = listed.fault === undefined && reports.length > maxReports ? tooMany(reports.length) : listed;
  if (fault.fault !== undefined) return say({ kind: "no-reports", field: fault });
  say({ kind: "counted", reports: reports.length });
  for (const report of reports.slice(job.from, job.alone ? job.from + 1 : undefined)) {
    const picked: Picked = { fields: {}, ...(list && { event: report }) };
    for (const [field, expression] of Object.entries(fields)) {
      const found = await (job.trace ? pickTraced : pickShort)(expression, report, { body });
      Object.assign(picked.fields, { [field]: found });
    }
    say({ kind: "picked", json: JSON.stringify(picked) });
  }
  say({ kind: "done" });
}

async function pickTraced(
  expression: jsonata.Expression,
  report: unknown,
  bindings: Bindings,
): Promise<PickedField> {
  const reads = traceReads(expression, report);
  const picked = await pickShort(expression, report, bindings);
  return { ...picked, ...reads.end() };
}

async function pickShort(
  expression: jsonata.Expression,
  report: unknown,
  bindings: Bindings,
): Promise<PickedField> {
  const picked = await pick(expression, report, bindings);
  const length = picked.value === undefined ? 0 : JSON.stringify(picked.value).length;
  return length > maxFieldLength ? { fault: tooLong } : picked;
}

/** Variables of the expression. `$body` is the whole body. */
type Bindings = { body: unknown };

function tooMany(reports: number): PickedField {
  return { fault: `gives ${reports} reports; at most ${maxReports} are taken from one body` };
}

type Compiled = { [Field in ExpressionField]?: jsonata.Expression };

interface CompiledAll {
  expressions: Compiled;
  bad: BadExpression[];
}

/** By the JSON of the expressions: a source sends many bodies. */
const cache = new Map<string, CompiledAll>();
const maxCached = 50;

function compileAll(sources: Expressions): CompiledAll {
  const key = JSON.stringify(sources);
  const known = cache.get(key);
  if (known) return known;
  const compiled: CompiledAll = { expressions: {}, bad: [] };
  for (const [field, source] of Object.entries(sources)) {
    const result = compile(source);
    if ("fault" in result) compiled.bad.push({ field, ...result });
    else Object.assign(compiled.expressions, { [field]: result.expression });
  }
  const [oldest] = cache.size >= maxCached ? cache.keys() : [];
  if (oldest !== undefined) cache.delete(oldest);
  cache.set(key, compiled);
  return compiled;
}

function compile(source: string): { expression: jsonata.Expression } | Omit<BadExpression, "field"> {
  try {
    const expression = jsonata(source, guards);
    for (const name of withheld) expression.registerFunction(name, () => refuse(name));
    return { expression };
  } catch (fault) {
    const { fault: why, at = 0 } = describe(fault);
    return { fault: why ?? "is not an expression", at };
  }
}

function refuse(name: string): never {
  throw new Error(`$${name}() is not available, because an expression may only read the report`);
}

async function pick(
  expression: jsonata.Expression,
  input: unknown,
  bindings: Bindings,
): Promise<PickedField> {
  try {
    const value: unknown = await expression.evaluate(input, bindings);
    if (value === undefined) return {};
    return JSON.stringify(value) === undefined ? { fault: "gives a function instead of a value" } : { value };
  } catch (fault) {
    return describe(fault);
  }
}

const tooLong = `gives more than ${maxFieldLength.toLocaleString("en")} characters`;

/** JSONata throws objects that are no errors. Its positions are those of the end of a token. */
function describe(fault: unknown): PickedField {
  if (typeof fault !== "object" || fault === null) return { fault: String(fault) };
  const message = "message" in fault && typeof fault.message === "string" ? fault.message : "failed";
  const position = "position" in fault && typeof fault.position === "number" ? fault.position : undefined;
  const token = "token" in fault && typeof fault.token === "string" ? fault.token : "";
  const value = "value" in fault ? quote(fault.value) : null;
  const text = value === null || message.includes(value) ? message : `${message} It met ${value}.`;
  const at = position === undefined ? {} : { at: Math.max(0, position - token.length) };
  return { fault: text.slice(0, 500), ...at };
}

function quote(value: unknown): string | null {
  if (value === undefined || typeof value === "function") return null;
  const json = JSON.stringify(value) ?? "";
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}
