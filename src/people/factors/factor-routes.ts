import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import type { App, Deps } from "../../api/deps.ts";
import { idParams } from "../../api/page.ts";
import { orRefuse, problem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { transaction } from "../../db/transaction.ts";
import { ownSession } from "../account/account-routes.ts";
import { transactionAs } from "../transaction-as.ts";
import { findUser } from "../users.ts";
import {
  addedFactor,
  credentialOptions,
  newPasskey,
  newRecoveryCodes,
  ownFactors,
  startedTotp,
  totpConfirmation,
} from "./contract.ts";
import {
  addFactor,
  readOwnFactors,
  refuseFactorsOf,
  removeFactor,
  replaceRecoveryCodes,
} from "./own-factors.ts";
import { addPasskey, newPasskeyOptions, passkeyOptions, removePasskey } from "./passkeys.ts";
import { type RelyingParty, relyingPartyOf } from "./relying-party.ts";
import { removeFactors } from "./remove-factors.ts";
import { confirmTotp, removeTotp, startTotp } from "./totp.ts";

const tags = ["Second factors"];

/** The relying party. Throws a 409 that says why browsers make no passkeys at this address. */
export function partyOf({ publicUrl }: Deps["config"]): RelyingParty {
  const party = relyingPartyOf(publicUrl);
  if ("unavailable" in party) throw problem(409, party.unavailable);
  return party;
}

/** List one's own second factors and replace the recovery codes; people with Manage Users remove those of others. */
export function factorRoutes(app: App, deps: Deps): void {
  const { db, config, clock } = deps;
  app.get(
    "/api/v1/session/second-factors",
    {
      ...requires("signed in", { beforeFactor: true }),
      schema: { tags, summary: "Read one's own second factors", response: { 200: ownFactors } },
    },
    (request) => readOwnFactors(deps, ownSession(request, config).userId),
  );

  app.post(
    "/api/v1/session/recovery-codes",
    {
      ...requires("signed in", { fresh: true, audits: ["user.recovery_codes_made"] }),
      schema: { tags, summary: "Replace one's own recovery codes", response: { 201: newRecoveryCodes } },
    },
    async (request, reply) => {
      const made = await replaceRecoveryCodes(deps, request.principal, ownSession(request, config));
      return reply.code(201).send({ recoveryCodes: orRefuse(made) });
    },
  );

  app.delete(
    "/api/v1/users/:id/second-factors",
    {
      ...requires("Manage Users", { fresh: true, audits: ["user.factors_removed"] }),
      schema: {
        tags,
        summary: "Remove all second factors of a user who has lost them, which ends their sessions",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id: userId }, principal }, reply) => {
      const removed = await transactionAs(db, principal, "Manage Users", (tx, permissions) =>
        removeFactors(tx, { ...principal, permissions }, { userId, now: clock() }),
      );
      orRefuse(removed);
      return reply.code(204).send();
    },
  );
}

/** Add and remove one's own passkeys. */
export function passkeyRoutes(app: App, deps: Deps): void {
  const { db, config, clock } = deps;
  app.post(
    "/api/v1/session/passkeys/options",
    {
      ...requires("signed in", {
        ...{ fresh: true, beforeFactor: true },
        unaudited: "It only makes a challenge, which is worth nothing without a passkey.",
      }),
      schema: {
        tags,
        summary: "Begin to add a passkey: options for navigator.credentials.create",
        response: { 200: credentialOptions },
      },
    },
    async (request) => {
      const session = ownSession(request, config);
      const party = partyOf(config);
      orRefuse(await refuseFactorsOf(db.kysely, config, session.userId));
      const user = orRefuse(await findUser(db.kysely, session.userId));
      return { ...(await newPasskeyOptions(db.kysely, { user, session, party, now: clock() })) };
    },
  );

  app.post(
    "/api/v1/session/passkeys",
    {
      ...requires("signed in", { fresh: true, beforeFactor: true, audits: ["user.passkey_added"] }),
      schema: { tags, summary: "Add a passkey", body: newPasskey, response: { 201: addedFactor } },
    },
    async (request, reply) => {
      const { body: wanted, principal } = request;
      const session = ownSession(request, config);
      const party = partyOf(config);
      const added = await addFactor(deps, principal, {
        ...{ session, action: "user.passkey_added", data: { name: wanted.name } },
        add: async (tx) => {
          const passkey = await addPasskey(tx, { wanted, session, party, now: clock() });
          return isRefusal(passkey) ? passkey : null;
        },
      });
      return reply.code(201).send(orRefuse(added));
    },
  );

  app.delete(
    "/api/v1/session/passkeys/:id",
    {
      ...requires("signed in", { fresh: true, audits: ["user.passkey_removed"] }),
      schema: {
        tags,
        summary: "Remove one of one's own passkeys",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const session = ownSession(request, config);
      const remove = { session, action: "user.passkey_removed", data: { passkey: id } } as const;
      const removed = await removeFactor(deps, request.principal, {
        ...remove,
        remove: (tx) => removePasskey(tx, session.userId, id),
      });
      orRefuse(removed);
      return reply.code(204).send();
    },
  );
}

/** Begin to confirm the session by a passkey. */
export function confirmByPasskeyRoutes(app: App, { db, config, clock }: Deps): void {
  app.post(
    "/api/v1/session/confirm/passkey-options",
    {
      ...requires("signed in", {
        beforeFactor: true,
        unaudited: "It only makes a challenge, which is worth nothing without a passkey.",
      }),
      schema: {
        tags,
        summary: "Read the options for navigator.credentials.get, to confirm the session by a passkey",
        response: { 200: credentialOptions },
      },
    },
    async (request) => {
      const { userId, secret } = ownSession(request, config);
      const holder = { userId, holder: secret, purpose: "confirm" } as const;
      return { ...(await passkeyOptions(db.kysely, { ...holder, party: partyOf(config), now: clock() })) };
    },
  );
}

/** Add and remove one's own authenticator app. */
export function totpRoutes(app: App, deps: Deps): void {
  const { db, config, clock, slack } = deps;
  const { vault } = slack;
  app.post(
    "/api/v1/session/totp",
    {
      ...requires("signed in", {
        ...{ fresh: true, beforeFactor: true },
        unaudited: "Nothing counts before a code has confirmed it.",
      }),
      schema: { tags, summary: "Begin to add an authenticator app", response: { 201: startedTotp } },
    },
    async (request, reply) => {
      const { userId } = ownSession(request, config);
      orRefuse(await refuseFactorsOf(db.kysely, config, userId));
      const { email } = orRefuse(await findUser(db.kysely, userId));
      const issuer = `Tocsin (${new URL(config.publicUrl).hostname})`;
      const wanted = { userId, email, issuer, vault, now: clock() };
      const started = await transaction(db, (tx) => startTotp(tx, wanted));
      return reply.code(201).header("cache-control", "no-store").send(orRefuse(started));
    },
  );

  app.post(
    "/api/v1/session/totp/confirm",
    {
      ...requires("signed in", { fresh: true, beforeFactor: true, audits: ["user.totp_added"] }),
      schema: {
        tags,
        summary: "Add the authenticator app by one of its codes",
        body: totpConfirmation,
        response: { 201: addedFactor },
      },
    },
    async (request, reply) => {
      const session = ownSession(request, config);
      const confirmation = { userId: session.userId, code: request.body.code, vault, now: clock() };
      const added = await addFactor(deps, request.principal, {
        ...{ session, action: "user.totp_added" },
        add: (tx) => confirmTotp(tx, confirmation),
      });
      return reply.code(201).send(orRefuse(added));
    },
  );

  app.delete(
    "/api/v1/session/totp",
    {
      ...requires("signed in", { fresh: true, audits: ["user.totp_removed"] }),
      schema: { tags, summary: "Remove one's own authenticator app", response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      const session = ownSession(request, config);
      const removed = await removeFactor(deps, request.principal, {
        ...{ session, action: "user.totp_removed" },
        remove: (tx) => removeTotp(tx, session.userId),
      });
      orRefuse(removed);
      return reply.code(204).send();
    },
  );
}
