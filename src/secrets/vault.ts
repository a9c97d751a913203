import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

/** Encrypts what must stay secret in the database. */
export interface Vault {
  /** `purpose` says where the secret belongs, as `slack_app.signing_secret`: it opens for no other. */
  seal(text: string, purpose: string): Buffer;
  /** Throws when the key, the purpose or the bytes are others than at sealing. */
  unseal(sealed: Buffer, purpose: string): string;
}

/** Says how the bytes after it are read, so that another cipher can come without guessing. */
const version = 1;
const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** A sealed secret is: version, nonce, tag, ciphertext. The key is 32 bytes. */
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
      // Without authTagLength Node would take a tag of four bytes, which can be guessed.
      const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      opening.setAAD(Buffer.from(purpose)).setAuthTag(tag);
      const ciphertext = sealed.subarray(1 + nonceBytes + tagBytes);
      return Buffer.concat([opening.update(ciphertext), opening.final()]).toString("utf8");
    },
  };
}

/** The column of `slack_app` that a secret is sealed for. */
export function secretPurpose(column: "client_secret" | "signing_secret" | "app_token"): string {
  return `slack_app.${column}`;
}

/** The workspace or organisation that a bot token is sealed for: one can't be passed off as another's. */
export function tokenPurpose(where: { enterpriseId: string | null; teamId: string | null }): string {
  return `installations.bot_token:${where.enterpriseId ?? ""}|${where.teamId ?? ""}`;
}

/** The column of `webhooks`, and the destination, that a secret is sealed for. */
export function webhookPurpose(column: "headers" | "secret", destinationId: string): string {
  return `webhooks.${column}:${destinationId}`;
}

/** A request of Slack's that waits for a signing secret. */
export function unverifiedPurpose(id: string): string {
  return `slack_unverified.body:${id}`;
}

/** The installation under way that a bot token waits in, until it is confirmed. */
export function installPurpose(installId: string): string {
  return `slack_installs.token:${installId}`;
}
