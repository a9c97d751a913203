import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

/** Encrypts secrets for the database. */
export interface Vault {
  /** `purpose` says where the secret belongs, such as `slack_app.signing_secret`; it opens only for the same purpose. */
  seal(text: string, purpose: string): Buffer;
  /** Throws if the key, the purpose or the bytes differ from those at sealing. */
  unseal(sealed: Buffer, purpose: string): string;
}

/** The first byte of sealed data, which allows another cipher later. */
const version = 1;
const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** A vault for a 32-byte key. Sealed data is: version, nonce, tag, ciphertext. */
export function openVault(key: KeyObject): Vault {
  return {
    seal(text, purpose) {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(purpose));
      const ciphertext = Buffer.concat([sealing.update(text, "utf8"), sealing.final()]);
      return Buffer.concat([Buffer.of(version), nonce, sealing.getAuthTag(), ciphertext]);
    },
    unseal(sealed, purpose) {
      if (sealed[0] !== version) throw new Error(`a secret of version ${sealed[0]} is from a newer Tocsin`);
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
      // Without authTagLength Node would accept a tag of four bytes, which can be guessed.
      const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      opening.setAAD(Buffer.from(purpose)).setAuthTag(tag);
      const ciphertext = sealed.subarray(1 + nonceBytes + tagBytes);
      return Buffer.concat([opening.update(ciphertext), opening.final()]).toString("utf8");
    },
  };
}

/** Binds a secret to its column of `slack_app`. */
export function secretPurpose(column: "client_secret" | "signing_secret" | "app_token"): string {
  return `slack_app.${column}`;
}

/** Binds a bot token to its workspace or organisation. */
export function tokenPurpose(owner: { enterpriseId: string | null; teamId: string | null }): string {
  return `installations.bot_token:${owner.enterpriseId ?? ""}|${owner.teamId ?? ""}`;
}

/**
 * Binds a secret of a destination to its name and destination. The prefix is from the time when only Custom Webhooks had
 * secrets, whose values still have to open.
 */
export function destinationPurpose(name: string, destinationId: string): string {
  return `webhooks.${name}:${destinationId}`;
}

/** Binds an unverified Slack request to its row. */
export function unverifiedPurpose(id: string): string {
  return `slack_unverified.body:${id}`;
}

/** Binds a bot token to the pending installation that has to be confirmed. */
export function installPurpose(installId: string): string {
  return `slack_installs.token:${installId}`;
}

/** Binds the copy of a source's key, with which its tool signs, to its row. */
export function sourceKeyPurpose(keyId: string): string {
  return `source_keys.sealed:${keyId}`;
}

/** Binds a secret of a receiver of the audit log to its name and kind. */
export function auditStreamPurpose(name: string, kind: string): string {
  return `audit_streams.${name}:${kind}`;
}

/** Binds a sign-in at the identity provider to the cookie of the browser that began it. */
export const pendingSignInPurpose = "cookie.sign_in";

/** Binds an identity provider's token to the column that keeps it until the sign-out. */
export const idTokenPurpose = "sessions.id_token";
