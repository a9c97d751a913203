import type { MaybeTime } from "./columns.ts";

/** The second factors of users, and sign-ins that wait for one. */
export interface FactorTables {
  passkeys: {
    id: string;
    user_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: string[];
    rp_id: string;
    name: string;
    created_at: Date;
    last_used_at: MaybeTime;
  };
  passkey_challenges: { holder_hash: Buffer; purpose: string; challenge: string; expires_at: Date };
  totps: {
    user_id: string;
    sealed: Buffer;
    created_at: Date;
    confirmed_at: MaybeTime;
    last_step: number | null;
    last_used_at: MaybeTime;
  };
  recovery_codes: { code_hash: Buffer; user_id: string };
  pending_sign_ins: { secret_hash: Buffer; user_id: string; created_at: Date; expires_at: Date };
}
