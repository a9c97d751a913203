import { z } from "zod";

const base64url = z
  .string()
  .regex(/^[\w-]+$/, "base64url")
  .max(8000);
const extensionResults = z
  .record(z.string(), z.unknown())
  .default({})
  .transform(() => ({}));
const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  authenticatorAttachment: z.string().nullish(),
  clientExtensionResults: extensionResults,
};

/** What `navigator.credentials.create` gave, as `toJSON` writes it (WebAuthn level 3, RegistrationResponseJSON). */
export const newCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(30)).max(10).default([]),
  }),
});

/** What `navigator.credentials.get` gave (AuthenticationResponseJSON). */
export const credentialProof = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish().transform(() => undefined),
  }),
});
export type CredentialProof = z.infer<typeof credentialProof>;

/** Options for `navigator.credentials`, as `PublicKeyCredential.parse…FromJSON` reads them. */
export const credentialOptions = z
  .record(z.string(), z.unknown())
  .meta({ id: "CredentialOptions", description: "Options of WebAuthn, in its own JSON form." });

/** From an authenticator app, or one of the recovery codes. */
const code = z.string().trim().min(6, "6 digits, or a recovery code").max(40);

export const factorProof = z.union([z.strictObject({ code }), z.strictObject({ passkey: credentialProof })]);
export type FactorProof = z.infer<typeof factorProof>;

/** The answer to a right password of a user with second factors: nobody is signed in yet. */
export const factorNeeded = z
  .object({
    secondFactor: z.object({
      /** Whether one of the user's passkeys works at this address. */
      passkey: z.boolean(),
      /** Whether the user has an authenticator app. */
      totp: z.boolean(),
      recoveryCodes: z.boolean(),
    }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "SecondFactorNeeded" });
export type FactorNeeded = z.infer<typeof factorNeeded>;

export const passkeyBody = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    /** The host that it was made for, if that is no longer the one of PUBLIC_URL: it doesn't work here. */
    onlyFor: z.string().nullable(),
  })
  .meta({ id: "Passkey" });

export const ownFactors = z
  .object({
    passkeys: z.array(passkeyBody),
    totp: z.object({ createdAt: z.iso.datetime(), lastUsedAt: z.iso.datetime().nullable() }).nullable(),
    recoveryCodesLeft: z.number().int(),
    /** Why no passkey can be added at this address; null if one can. */
    noPasskeysBecause: z.string().nullable(),
    /** Why the user can't have second factors here; null if they can. */
    noFactorsBecause: z.string().nullable(),
    /** Whether everybody who signs in by password needs one. */
    required: z.boolean(),
  })
  .meta({ id: "OwnSecondFactors" });
export type OwnFactors = z.infer<typeof ownFactors>;

export const newPasskey = z.strictObject({
  name: z.string().trim().min(1, "a name, such as “Work laptop”").max(60, "at most 60 characters"),
  credential: newCredential,
});
export type NewPasskey = z.infer<typeof newPasskey>;

/** The first factor comes with recovery codes, which only this answer has; otherwise null. */
const recoveryCodes = z.array(z.string());
export const addedFactor = z
  .object({ recoveryCodes: recoveryCodes.nullable() })
  .meta({ id: "AddedSecondFactor" });
export type AddedFactor = z.infer<typeof addedFactor>;

export const newRecoveryCodes = z.object({ recoveryCodes }).meta({ id: "RecoveryCodes" });
export type NewRecoveryCodes = z.infer<typeof newRecoveryCodes>;

/** What an authenticator app needs; it counts once a code of it was sent. */
export const startedTotp = z
  .object({
    /** In base32, to type it into the app. */
    secret: z.string(),
    /** The same as a URI, for a QR code. */
    uri: z.string(),
  })
  .meta({ id: "StartedTotp" });
export type StartedTotp = z.infer<typeof startedTotp>;

export const totpConfirmation = z.strictObject({ code });
