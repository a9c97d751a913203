import type { ProblemBody } from "../../src/api/problem.ts";
import type { AlertBody } from "../../src/triage/contract.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Calls the API and returns its answer; throws an ApiFault when it refuses or can't be reached. */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  if (!response.ok) throw new ApiFault(await readProblem(response));
  const answer: T = response.status === 204 ? undefined : await response.json();
  return answer;
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    const detail = "Tocsin can't be reached. Check your network, or ask whoever runs Tocsin if it is up.";
    throw new ApiFault({ title: "No connection", detail, status: 0 }, cause);
  }
}

/** A proxy in front may answer with its own page, which is nothing to show. */
async function readProblem(response: Response): Promise<Problem> {
  if (response.headers.get("content-type")?.includes("problem+json")) {
    const problem: Problem = await response.json();
    return problem;
  }
  const detail = `The server answered ${response.status} without saying why. Try again in a moment.`;
  return { title: response.statusText || "Error", detail, status: response.status };
}

/** A conflict's problem carries the alert as the first person left it. */
type Problem = Pick<ProblemBody, "title" | "detail" | "status" | "errors"> & { alert?: AlertBody };

/** What the API answered when it did not do as asked; `problem.detail` is for people to read. */
export class ApiFault extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail, { cause });
    this.name = "ApiFault";
    this.problem = problem;
  }
}

export type Query = Record<string, string | number | readonly string[] | undefined>;

/**
 * `{status: ["OPEN", "TRIAGED"], limit: 50}` to `?status=OPEN&status=TRIAGED&limit=50`; what is undefined or
 * empty is left out.
 */
export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of spread(value)) params.append(name, item);
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** The server splits a lone value at its commas, but not one of several: a lone one with commas goes twice. */
function spread(value: Query[string]): readonly string[] {
  if (value === undefined || value === "") return [];
  if (typeof value !== "object") return [String(value)];
  const [only] = value;
  return value.length === 1 && only?.includes(",") ? [only, only] : value;
}
