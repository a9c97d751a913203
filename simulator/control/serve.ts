import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Redrawn } from "../client/control-values.ts";
import type { Simulator } from "../simulator.ts";
import * as act from "./act.ts";
import * as alter from "./alter.ts";
import * as apps from "./apps.ts";
import * as arrange from "./arrange.ts";
import { NotAllowed, NotThere, workspaceOf } from "./find.ts";
import * as look from "./look.ts";
import * as restrict from "./restrict.ts";
import type { Verb } from "./verb.ts";

const verbs = { ...look, ...act, ...alter, ...arrange, ...restrict, ...apps };

export type Verbs = typeof verbs;
export type InputOf<V extends keyof Verbs> = Verbs[V] extends Verb<infer I, unknown> ? I : never;
export type OutputOf<V extends keyof Verbs> = Awaited<ReturnType<Verbs[V]["handle"]>>;

const table = new Map<string, Verb<unknown, unknown>>(Object.entries(verbs));
const params = z.object({ verb: z.string() });
const query = z.object({ team: z.string().optional() });

/**
 * `POST /_control/<verb>` with JSON: how pages, stories and other processes look into the simulator, act as
 * its people and arrange what happens: in the first workspace, or in that of `?team=`. It has no sign-in, as it belongs on a developer's own machine.
 */
export function serveControl(server: FastifyInstance, simulator: Simulator): void {
  server.post("/_control/:verb", async (request, reply) => {
    const { verb: name } = params.parse(request.params);
    const verb = table.get(name);
    if (!verb)
      return reply.code(404).send({ error: `No such verb. There are: ${[...table.keys()].join(", ")}` });
    try {
      const workspace = workspaceOf(simulator.world, query.parse(request.query).team);
      return await verb.handle({ ...simulator, workspace }, request.body ?? {});
    } catch (fault) {
      if (fault instanceof NotThere) return reply.code(404).send({ error: fault.message });
      if (fault instanceof NotAllowed) return reply.code(403).send({ error: fault.message });
      if (fault instanceof Redrawn) return reply.code(409).send({ error: fault.message });
      if (fault instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(fault) });
      throw fault;
    }
  });
}
