import { parentPort } from "node:worker_threads";
import { type Compiled, compileAll, describeFault } from "./compile.ts";
import type { Answer, Job, Picked, PickedField } from "./evaluation.ts";
import { traceReads } from "./trace-reads.ts";

/** Of one field, as JSON: an alert's context has at most 200 KiB. */
const maxFieldLength = 400_000;
const maxReports = 10_000;

/** Evaluates the expressions of a job on each report of its body. Says what it has as soon as it has it. */
async function evaluateJob(job: Job, say: (answer: Answer) => void): Promise<void> {
  const { expressions, bad } = compileAll(job.expressions);
  if (bad.length > 0) return say({ kind: "bad", bad });
  const body: unknown = JSON.parse(job.body);
  const given: unknown = job.reports === null ? body : JSON.parse(job.reports);
  say({ kind: "loaded" });
  const { reports: list, ...fields } = expressions;
  const root = job.reports === null ? body : null;
  const look = async (compiled: Compiled, input: unknown) => {
    const reads = job.trace ? traceReads(compiled.expression, root ?? input) : null;
    const picked = await pick(compiled, input, body);
    return { ...picked, ...reads?.end() };
  };
  const listed: PickedField = list ? await look(list, body) : { value: given };
  // A body that is null is one report; an expression that finds nothing finds no reports.
  const reports = [list ? (listed.value ?? []) : given].flat();
  const fault = reports.length > maxReports ? tooMany : listed.fault;
  if (fault !== undefined) return say({ kind: "no-reports", field: { ...listed, value: null, fault } });
  say({ kind: "counted", reports: reports.length });
  for (const report of reports.slice(job.from, job.alone ? job.from + 1 : undefined)) {
    const picked: Picked = { fields: {}, ...(list && { event: report }) };
    for (const [field, compiled] of Object.entries(fields)) {
      Object.assign(picked.fields, { [field]: cutLong(await look(compiled, report)) });
    }
    say({ kind: "picked", json: JSON.stringify(picked) });
  }
  say({ kind: "done" });
}

const tooMany = `gives more than ${maxReports.toLocaleString("en")} reports`;

async function pick(
  { source, expression }: Compiled,
  input: unknown,
  body: unknown,
): Promise<Pick<PickedField, "value" | "fault" | "at">> {
  try {
    const value: unknown = await expression.evaluate(input, { body });
    if (value === undefined) return {};
    return isFunction(value) ? { fault: "gives a function instead of a value" } : { value };
  } catch (caught) {
    return describeFault(caught, source);
  }
}

function isFunction(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value === "function";
  return "_jsonata_function" in value || "_jsonata_lambda" in value;
}

function cutLong(picked: PickedField): PickedField {
  const { value, ...rest } = picked;
  const isLong = value !== undefined && (JSON.stringify(value)?.length ?? 0) > maxFieldLength;
  return isLong ? { ...rest, fault: tooLong } : picked;
}

const tooLong = `gives more than ${maxFieldLength.toLocaleString("en")} characters`;

/** This file is the thread. It may be ended at any moment, and keeps nothing but compiled expressions. */
const port = parentPort;
if (!port) throw new Error("This file is started by evaluator-process.ts");
port.on("message", (job: Job) => evaluateJob(job, (answer) => port.postMessage(answer)));
port.postMessage({ kind: "ready" });
