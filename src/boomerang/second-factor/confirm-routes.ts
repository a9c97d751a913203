import { z } from "zod";
import { answerText } from "../../alert/boomerang.ts";
import type { App, Deps } from "../../api/deps.ts";
import { idParams } from "../../api/page.ts";
import { orRefuse, problem, refusalProblem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { transaction } from "../../db/transaction.ts";
import { credentialOptions } from "../../people/factors/contract.ts";
import { partyOf } from "../../people/factors/factor-routes.ts";
import { passkeyOptions, takePasskey } from "../../people/factors/passkeys.ts";
import { answerProof, unconfirmedAnswer } from "./contract.ts";
import { auditNotConfirmed, findUnconfirmed, takeConfirmed, tooLate } from "./unconfirmed.ts";
import { confirmingOf, waysOf } from "./ways.ts";

const tags = ["Boomerangs"];
const path = "/api/v1/unconfirmed-answers/:id";

/** For people without a session: the answer's id, which only they were shown, is all that they have. */
export function confirmAnswerRoutes(app: App, deps: Deps): void {
  const { db, config, clock } = deps;
  /** The answer and how the person can confirm it. Throws a 404 after 5 minutes. */
  const read = async (id: string) => {
    const found = await findUnconfirmed(db.kysely, id, clock());
    if (!found) throw refusalProblem(tooLate);
    const ways = await waysOf(db.kysely, confirmingOf(config), found.email);
    return { ...found, ways };
  };
  const holderOf = async (id: string) => {
    const { ways, alertId } = await read(id);
    if (!ways?.passkeyUser) throw problem(409, "You have no passkey in Tocsin that works at this address.");
    const { passkeyUser: userId } = ways;
    const holder = { userId, holder: id, purpose: "answer", party: partyOf(config), now: clock() } as const;
    return { alertId, holder };
  };

  app.get(
    path,
    {
      ...requires("anyone"),
      schema: {
        tags,
        summary: "Read an answer that waits for its confirmation",
        params: idParams,
        response: { 200: unconfirmedAnswer },
      },
    },
    async ({ params }) => {
      const { question, given, ways } = await read(params.id);
      const { provider = null, passkeyUser = null } = ways ?? {};
      return { question, answer: answerText(given.answer), provider, passkey: passkeyUser !== null };
    },
  );

  app.post(
    `${path}/passkey-options`,
    {
      ...requires("anyone", {
        unaudited: "It only makes a challenge, which is worth nothing without a passkey.",
      }),
      schema: {
        tags,
        summary: "Read the options for navigator.credentials.get, to confirm an answer by a passkey",
        params: idParams,
        response: { 200: credentialOptions },
      },
    },
    async ({ params }) => ({ ...(await passkeyOptions(db.kysely, (await holderOf(params.id)).holder)) }),
  );

  app.post(
    `${path}/confirm`,
    {
      ...requires("anyone", { audits: ["boomerang.answer"] }),
      schema: {
        tags,
        summary: "Confirm an answer by a passkey; it is recorded then",
        params: idParams,
        body: answerProof,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, body, principal }, reply) => {
      const { alertId, holder } = await holderOf(id);
      const { ip, agent } = principal;
      const recorded = await transaction(db, async (tx) => {
        const why = await takePasskey(tx, { ...holder, proof: body.passkey });
        if (why) return why;
        return takeConfirmed(tx, { id, confirmedBy: "a passkey", origin: { ip, agent }, now: clock() });
      });
      if (typeof recorded === "string" && recorded !== "recorded") {
        await auditNotConfirmed(db.kysely, principal, { alertId, why: `passkey: ${recorded}` });
        throw problem(403, "This passkey doesn't confirm the answer. Try again, or answer again in Slack.");
      }
      orRefuse(recorded);
      deps.wake();
      return reply.code(204).send();
    },
  );
}
