import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ControlGone } from "../client/control-values.ts";
import type { Simulator } from "../simulator.ts";
import { postScheduled } from "../web-api/chat/post-scheduled.ts";
import * as act from "./act.ts";
import * as alter from "./alter.ts";
import * as apps from "./apps.ts";
import * as arrange from "./arrange.ts";
import { findWorkspace, NotAllowed, NotFound } from "./find.ts";
import * as inspect from "./inspect.ts";
import * as mark from "./mark.ts";
import * as restrict from "./restrict.ts";
import type { Verb } from "./verb.ts";

const verbs = { ...inspect, ...act, ...alter, ...mark, ...arrange, ...restrict, ...apps };

export type Verbs = typeof verbs;
export type InputOf<V extends keyof Verbs> = Verbs[V] extends Verb<infer I, unknown> ? I : never;
export type OutputOf<V extends keyof Verbs> = Awaited<ReturnType<Verbs[V]["handle"]>>;

const table = new Map<string, Verb<unknown, unknown>>(Object.entries(verbs));
const params = z.object({ verb: z.string() });
const query = z.object({ team: z.string().optional() });

/**
 * Serves `POST /_control/<verb>`, which takes and answers JSON. Pages, stories and other processes use it to inspect
 * and control the simulator, in the first workspace or that of `?team=`. It has no authentication: run it locally.
 */
export function serveControl(server: FastifyInstance, simulator: Simulator): void {
  server.post("/_control/:verb", async (request, reply) => {
    const { verb: name } = params.parse(request.params);
    const verb = table.get(name);
    if (!verb)
      return reply.code(404).send({ error: `Unknown verb. The verbs are: ${[...table.keys()].join(", ")}` });
    try {
      postScheduled(simulator);
      const workspace = findWorkspace(simulator.world, query.parse(request.query).team);
      return await verb.handle({ ...simulator, workspace }, request.body ?? {});
    } catch (fault) {
      if (fault instanceof NotFound) return reply.code(404).send({ error: fault.message });
      if (fault instanceof NotAllowed) return reply.code(403).send({ error: fault.message });
      if (fault instanceof ControlGone) return reply.code(409).send({ error: fault.message });
      if (fault instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(fault) });
      throw fault;
    }
  });
}
