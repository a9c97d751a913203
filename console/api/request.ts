import type { ProblemBody } from "../../src/api/problem.ts";
import type { AlertBody } from "../../src/triage/contract.ts";
import { basePath } from "./base-path.ts";
import { confirmation } from "./confirmation.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Calls the API and returns the response body. If the API wants the change to be confirmed, the person is asked and the
 * request is repeated. Throws an ApiError if the API refuses or can't be reached.
 */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem.type !== confirmSession) throw new ApiError(problem);
    if (!(await confirmation.ask())) throw new ApiError(notConfirmed);
    return request(method, path, body);
  }
  const result: T = response.status === 204 ? undefined : await response.json();
  return result;
}

/** The type of the refusal that `src/http/authorize.ts` gives. */
const confirmSession = "urn:tocsin:confirm-session";

const notConfirmed: Problem = {
  type: confirmSession,
  title: "Not confirmed",
  detail: "Nothing was changed: you didn't confirm that it is you.",
  status: 403,
};

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(`${basePath}/api/v1${path}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    const detail =
      "Tocsin can't be reached. Check your network, or ask your administrator whether Tocsin is running.";
    throw new ApiError({ title: "No connection", detail, status: 0 }, cause);
  }
}

/** A proxy may answer with its own HTML page, which must not be shown. */
async function readProblem(response: Response): Promise<Problem> {
  if (response.headers.get("content-type")?.includes("problem+json")) {
    const problem: Problem = await response.json();
    return problem;
  }
  const detail = `The server returned status ${response.status} without an explanation. Try again in a moment.`;
  return { title: response.statusText || "Error", detail, status: response.status };
}

/** On a conflict, `alert` is the current alert, as the other person left it. */
type Problem = Pick<ProblemBody, "title" | "detail" | "status" | "errors"> & {
  type?: string;
  alert?: AlertBody;
};

/** An error response of the API; `problem.detail` is written for people. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail, { cause });
    this.name = "ApiError";
    this.problem = problem;
  }
}

/** The text of an error for people: the API's own, or advice for an error in the Console itself. */
export function errorText(error: Error): string {
  if (error instanceof ApiError) return error.problem.detail;
  if (error.name === "PasskeyError") return error.message;
  return "Something went wrong on this page. Reload it and try again.";
}

export type Query = Record<string, string | number | readonly string[] | undefined>;

/**
 * Turns `{status: ["OPEN", "TRIAGED"], limit: 50}` into `?status=OPEN&status=TRIAGED&limit=50`. Undefined and
 * empty values are left out.
 */
export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of itemsOf(value)) params.append(name, item);
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** The server splits a single value at commas, but not repeated ones, so such a value is sent twice. */
function itemsOf(value: Query[string]): readonly string[] {
  if (value === undefined || value === "") return [];
  if (typeof value !== "object") return [String(value)];
  const [only] = value;
  return value.length === 1 && only?.includes(",") ? [only, only] : value;
}
