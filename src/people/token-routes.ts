import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../api/page.ts";
import { orRefuse } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { createdToken, newToken, type TokenBody, tokenBody } from "./contract.ts";
import { createToken, listTokens, revokeToken, type Token } from "./tokens.ts";
import { transactionAs } from "./transaction-as.ts";

const tags = ["API tokens"];

/** List, create and revoke API tokens. */
export function apiTokenRoutes(app: App, { db, clock }: Deps): void {
  app.get(
    "/api/v1/api-tokens",
    {
      ...requires("Manage API Tokens"),
      schema: {
        tags,
        summary: "List API tokens",
        querystring: pageQuery,
        response: { 200: page(tokenBody) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const tokens = await listTokens(db.kysely, { after, count: limit + 1 });
      return toPage(tokens, limit, { keyOf: ({ id }) => [id], show: toTokenBody });
    },
  );

  app.post(
    "/api/v1/api-tokens",
    {
      ...requires("Manage API Tokens", { fresh: true, audits: ["api_token.created"] }),
      schema: {
        tags,
        summary: "Create an API token, which is shown once",
        body: newToken,
        response: { 201: createdToken },
      },
    },
    async ({ body, principal }, reply) => {
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
      const values = { ...body, expiresAt, now: clock() };
      const created = await transactionAs(db, principal, "Manage API Tokens", (tx, permissions) =>
        createToken(tx, { ...principal, permissions }, values),
      );
      const { secret, ...token } = orRefuse(created);
      return reply.code(201).send({ ...toTokenBody(token), token: secret });
    },
  );

  app.delete(
    "/api/v1/api-tokens/:id",
    {
      ...requires("Manage API Tokens", { fresh: true, audits: ["api_token.revoked"] }),
      schema: {
        tags,
        summary: "Revoke an API token and the tokens created with it",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const revoked = await transactionAs(db, principal, "Manage API Tokens", (tx) =>
        revokeToken(tx, principal, { id, now: clock() }),
      );
      orRefuse(revoked);
      return reply.code(204).send();
    },
  );
}

function toTokenBody({ createdAt, expiresAt, lastUsedAt, ...token }: Token): TokenBody {
  return {
    ...token,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
