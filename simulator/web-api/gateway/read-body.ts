import type { Socket } from "node:net";
import { type Answer, type CommonError, type Refused, refuse } from "../answer.ts";

/** Slack's warnings about a body that it accepted. */
export type BodyWarning = "missing_charset" | "superfluous_charset";

type Body = { ok: true; fields: Record<string, unknown>; warning?: BodyWarning | undefined };

const charsets = ["utf-8", "iso-8859-1"];

function readJson(body: Buffer) {
  if (body.length === 0) return { ok: true as const, fields: {} };
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return refuse("invalid_json");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse("json_not_object");
  return { ok: true as const, fields: Object.fromEntries(Object.entries(value)) };
}

const warningFor = (type: string, charset: string | undefined): BodyWarning | undefined => {
  if (type === "application/json" && !charset) return "missing_charset";
  return type === "application/x-www-form-urlencoded" && charset ? "superfluous_charset" : undefined;
};

async function readAs(type: string, { contentType, body }: { contentType: string; body: Buffer }) {
  switch (type) {
    case "application/json":
      return readJson(body);
    case "application/x-www-form-urlencoded":
      return readForm(body.toString());
    case "multipart/form-data":
      return await readMultipart(contentType, body);
    case "text/plain":
      return { ok: true as const, fields: {} };
    default:
      return refuse("invalid_post_type");
  }
}

/** The arguments in the body of a call, or the error if Slack can't read them. */
export async function readBody(
  contentType: string | undefined,
  body: Buffer,
): Promise<Body | Refused<CommonError>> {
  if (!contentType) return body.length === 0 ? { ok: true, fields: {} } : refuse("missing_post_type");
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((one) => one.startsWith("charset="))?.replace(/^charset="?|"$/g, "");
  if (charset && !charsets.includes(charset)) return refuse("invalid_charset");
  const read = await readAs(type, { contentType, body });
  return read.ok ? { ...read, warning: warningFor(type, charset) } : read;
}

/** Ignores files: no simulated method takes one. */
async function readMultipart(contentType: string, body: Buffer) {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { "content-type": contentType },
    }).formData();
    return {
      ok: true as const,
      fields: Object.fromEntries([...form].filter(([, value]) => typeof value === "string")),
    };
  } catch {
    return refuse("invalid_form_data");
  }
}

/** The fields of a URL-encoded form; a malformed `%` is an error. */
function readForm(body: string) {
  if (/%(?![0-9a-f]{2})/i.test(body)) return refuse("invalid_form_data");
  return { ok: true as const, fields: Object.fromEntries(new URLSearchParams(body)) };
}

const name = /^\w{1,255}$/;
const phpArray = /^\w+\[.*\]$/;

/** The error for invalid argument names. Valid are letters, digits and `_`; PHP's array syntax has its own error. */
export function argumentNameError(
  names: readonly string[],
): "invalid_arg_name" | "invalid_array_arg" | undefined {
  const invalid = names.find((one) => !name.test(one));
  if (invalid === undefined) return undefined;
  return phpArray.test(invalid) ? "invalid_array_arg" : "invalid_arg_name";
}

/** Adds a warning about the body to an answer, besides those of the method. */
export function withWarning(answer: Answer, warning: BodyWarning | undefined): Answer {
  if (!warning) return answer;
  const metadata = Object(answer.response_metadata);
  return {
    ...answer,
    warning: [...("warning" in answer ? [answer.warning] : []), warning].join(","),
    response_metadata: { ...metadata, warnings: [...(metadata.warnings ?? []), warning] },
  };
}

const body = JSON.stringify({ ok: false, error: "request_timeout" });

/** Answers requests that no handler sees: `request_timeout` if the body was cut off, otherwise HTTP 400. */
export function answerCutOff({ code }: { code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const isCutOff = code === "HPE_INVALID_EOF_STATE";
  const head = isCutOff
    ? `HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}`
    : "HTTP/1.1 400 Bad Request\r\ncontent-length: 0";
  socket.end(`${head}\r\nconnection: close\r\n\r\n${isCutOff ? body : ""}`);
}
