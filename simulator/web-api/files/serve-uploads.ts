import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Simulator } from "../../simulator.ts";
import { uploadPath } from "./get-upload-url.ts";

const params = z.object({ ticket: z.string() });

/** Serves the URLs of `files.getUploadURLExternal`. They take the content in any format and drop it. */
export function serveUploads(server: FastifyInstance, { world }: Simulator): void {
  server.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    // Read as a stream, because files may be larger than the limit of other bodies.
    uploads.addContentTypeParser("*", (_request, content, done) => {
      content.on("end", () => done(null)).on("error", done);
      content.resume();
    });
    uploads.post(`${uploadPath}:ticket`, async (request, reply) => {
      const { ticket } = params.parse(request.params);
      const all = [...world.workspaces.values()].flatMap((workspace) => [...workspace.uploads.values()]);
      const upload = all.find((one) => one.ticket === ticket);
      if (!upload) return reply.code(404).type("text/plain").send("Not found");
      upload.isReceived = true;
      return reply.type("text/plain").send(`OK - ${upload.size}`);
    });
  });
}
