import { ApiFault, type Problem } from "./api-fault.ts";

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
