import pg from "pg";
import { stdSerializers } from "pino";
import { whyUnavailable } from "./unavailable.ts";

/**
 * What the log says of a fault. PostgreSQL's message, detail, hint and context quote the values of a statement, so of
 * its errors the log has the code (https://www.postgresql.org/docs/current/errcodes-appendix.html), the names and the
 * stack.
 */
export function logFault(fault: unknown): unknown {
  if (!(fault instanceof Error)) return fault;
  if (fault instanceof pg.DatabaseError) return databaseFault(fault);
  // The message of pino's `err` repeats those of the causes.
  const { cause: _, aggregateErrors: __, ...about } = stdSerializers.errWithCause(fault);
  const errors = fault instanceof AggregateError ? { errors: fault.errors.map(logFault) } : {};
  return { ...about, ...errors, ...(fault.cause !== undefined && { cause: logFault(fault.cause) }) };
}

function databaseFault({ code, constraint, table, column, message, stack }: pg.DatabaseError): object {
  const frames = stack?.slice(stack.indexOf(message) + message.length).trim();
  return { type: "DatabaseError", code, constraint, table, column, stack: frames };
}

/** A fault in a sentence, for people who may not see values: for one of PostgreSQL what its code means, or the code. */
export function describeFault(fault: unknown): string {
  const unavailable = whyUnavailable(fault);
  if (unavailable) return unavailable.why;
  if (fault instanceof pg.DatabaseError) return `PostgreSQL answered with the error ${fault.code}.`;
  return fault instanceof Error ? fault.message : String(fault);
}

/** Whether PostgreSQL can't read or store a value of a statement (SQLSTATE class 22, data exception). */
export function isDataException(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && (fault.code ?? "").startsWith("22");
}
