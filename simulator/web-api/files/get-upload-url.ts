import { randomUUID } from "node:crypto";
import { z } from "zod";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { method } from "../method.ts";

/** The maximum length of a picture's description, in characters. */
const maxAltLength = 1000;

/** The maximum size of a snippet, in bytes. */
const maxSnippetSize = 1024 * 1024;

/** The path of the URLs that take the content of files. */
export const uploadPath = "/upload/v1/";

export const getUploadUrl = method({
  name: "files.getUploadURLExternal",
  tier: "t4",
  scopes: ["files:write"],
  args: z.object({
    filename: required,
    length: z
      .union([z.string().min(1), z.number()])
      .transform(Number)
      .pipe(z.int().min(0)),
    snippet_type: z.string().optional(),
    alt_txt: z.string().optional(),
  }),
  errors: ["alt_txt_too_large", "missing_argument", "snippet_too_large", "unknown_snippet_type"],
  run({ workspace, bot, origin }, { filename, length, snippet_type: snippet, alt_txt: alt = "" }) {
    if (length === 0) return refuse("missing_argument");
    if (alt.length > maxAltLength) return refuse("alt_txt_too_large");
    if (snippet && !/^[a-z0-9_+#-]+$/.test(snippet)) return refuse("unknown_snippet_type");
    if (snippet && length > maxSnippetSize) return refuse("snippet_too_large");
    const id = workspace.makeId("F");
    const ticket = randomUUID();
    const upload = { id, ticket, installation: bot, name: filename, size: length, isReceived: false };
    workspace.uploads.set(id, upload);
    return { ok: true, upload_url: `${origin}${uploadPath}${ticket}`, file_id: id };
  },
});
