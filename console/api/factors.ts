import type { SessionBody } from "../../src/people/contract.ts";
import type {
  AddedFactor,
  FactorProof,
  NewPasskey,
  NewRecoveryCodes,
  OwnFactors,
  StartedTotp,
} from "../../src/people/factors/contract.ts";
import { request } from "./request.ts";

/** Loaded when somebody uses a passkey. */
const webauthn = () => import("@simplewebauthn/browser");

type CreationOptions = Parameters<
  Awaited<ReturnType<typeof webauthn>>["startRegistration"]
>[0]["optionsJSON"];
type RequestOptions = Parameters<
  Awaited<ReturnType<typeof webauthn>>["startAuthentication"]
>[0]["optionsJSON"];

/** Second factors: one's own ones, and the second step of a sign-in. */
export const factorsApi = {
  own: () => request<OwnFactors>("GET", "/session/second-factors"),
  /** Has the browser make a passkey and adds it. */
  async addPasskey(name: string): Promise<AddedFactor> {
    const optionsJSON = await request<CreationOptions>("POST", "/session/passkeys/options");
    const { startRegistration } = await webauthn();
    const credential = await asked(() => startRegistration({ optionsJSON }));
    return request<AddedFactor>("POST", "/session/passkeys", { name, credential } satisfies {
      name: NewPasskey["name"];
      credential: object;
    });
  },
  removePasskey: (id: string) => request<void>("DELETE", `/session/passkeys/${id}`),
  startTotp: () => request<StartedTotp>("POST", "/session/totp"),
  confirmTotp: (code: string) => request<AddedFactor>("POST", "/session/totp/confirm", { code }),
  removeTotp: () => request<void>("DELETE", "/session/totp"),
  replaceRecoveryCodes: () => request<NewRecoveryCodes>("POST", "/session/recovery-codes"),
  /** Removes all second factors of another user. */
  removeOf: (userId: string) => request<void>("DELETE", `/users/${userId}/second-factors`),

  giveCode: (code: string) => give({ code }),
  async givePasskey(): Promise<SessionBody> {
    return give({ passkey: await proveByPasskey("/session/second-factor/passkey-options") });
  },
  async confirmAnswer(id: string): Promise<void> {
    const passkey = await proveByPasskey(`/unconfirmed-answers/${id}/passkey-options`);
    return request<void>("POST", `/unconfirmed-answers/${id}/confirm`, { passkey });
  },
  async confirmByPasskey(): Promise<void> {
    const passkey = await proveByPasskey("/session/confirm/passkey-options");
    return request<void>("POST", "/session/confirm", { passkey });
  },
};

function give(proof: Extract<FactorProof, { code: string }> | { passkey: object }): Promise<SessionBody> {
  return request<SessionBody>("POST", "/session/second-factor", proof);
}

async function proveByPasskey(optionsPath: string): Promise<object> {
  const optionsJSON = await request<RequestOptions>("POST", optionsPath);
  const { startAuthentication } = await webauthn();
  return asked(() => startAuthentication({ optionsJSON }));
}

/** What the browser refused, in words for people. */
class PasskeyError extends Error {
  override readonly name = "PasskeyError";
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : "";
    if (name === "InvalidStateError")
      throw new PasskeyError("This device has a passkey for your account already.", { cause });
    if (name === "NotAllowedError" || name === "AbortError")
      throw new PasskeyError("No passkey was used: it was cancelled, or took too long. Try again.", {
        cause,
      });
    throw new PasskeyError("This browser can't use a passkey here. Try another browser or device.", {
      cause,
    });
  }
}
