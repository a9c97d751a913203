import type { ZodFastifySchemaValidationError } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ProblemBody } from "../../api/problem.ts";

type FieldErrors = NonNullable<ProblemBody["errors"]>;

/** The members of zod's issues that say what would have been right. */
const params = z.object({
  expected: z.string().optional().catch(undefined),
  values: z.array(z.unknown()).optional().catch(undefined),
  format: z.string().optional().catch(undefined),
  keys: z.array(z.string()).optional().catch(undefined),
  minimum: z.number().optional().catch(undefined),
  maximum: z.number().optional().catch(undefined),
});

/** Names each field at fault (`to.0.email` in lists), with what is wrong and, if known, what is expected. */
export function validationErrors(issues: ZodFastifySchemaValidationError[]): FieldErrors {
  return issues.flatMap(({ instancePath, message = "is not valid", params: raw }) => {
    const field = instancePath.slice(1).replaceAll("/", ".");
    const about = params.parse(raw);
    if (about.keys) return about.keys.map((key) => unknownKey(field, key));
    const expected = whatIsExpected(about);
    return [{ field: field || "body", detail: message, ...(expected && { expected }) }];
  });
}

function unknownKey(parent: string, key: string): FieldErrors[number] {
  return { field: parent ? `${parent}.${key}` : key, detail: "There is no such field here." };
}

function whatIsExpected({ values, expected, format, minimum, maximum }: z.infer<typeof params>) {
  if (values) return values.join(", ");
  if (format) return format;
  if (minimum !== undefined) return `at least ${minimum}`;
  if (maximum !== undefined) return `at most ${maximum}`;
  return expected;
}
