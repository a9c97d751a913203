import { z } from "zod";
import { addKey, revokeKey } from "../../setup/sources/rotate-keys.ts";
import { requires } from "../../api/requires.ts";
import { idParams } from "../contract/list.ts";
import { createdKey } from "../../ingest/contract.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../problem.ts";

const tags = ["Sources"];
const keyParams = z.object({ id: z.uuid(), keyId: z.uuid() });

/** A source's keys are changed without a gap: make the second, move the tool to it, delete the first. */
export function sourceKeyRoutes(app: App, { db }: Deps): void {
  app.post(
    "/api/v1/sources/:id/keys",
    {
      ...requires("Manage Sources"),
      schema: {
        tags,
        summary: "Make a second key of a source; it is shown once",
        params: idParams,
        response: { 201: createdKey },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      return reply.code(201).send(orRefuse(await addKey(db, id, principal)));
    },
  );

  app.delete(
    "/api/v1/sources/:id/keys/:keyId",
    {
      ...requires("Manage Sources"),
      schema: {
        tags,
        summary: "Revoke a key of a source",
        params: keyParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id, keyId }, principal }, reply) => {
      orRefuse(await revokeKey(db, { sourceId: id, keyId }, principal));
      return reply.code(204).send();
    },
  );
}
