import { Button, Group, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnFactors } from "../../../../src/people/factors/contract.ts";
import { factorsApi } from "../../../api/factors.ts";
import { Loaded } from "../../../components/lists/loaded.tsx";
import { useApiMutation } from "../../../forms/use-api-mutation.ts";
import css from "../account.module.css";
import { AddPasskey } from "./add-passkey.tsx";
import { AddTotp } from "./add-totp.tsx";
import { FactorTable } from "./factor-table.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** Whether the session may do everything now is read again once the recovery codes were closed. */
const changed = ["session", "second-factors", "sessions"];

/**
 * The second factors of the signed-in user: passkeys, an authenticator app and recovery codes. `onDone` is called once
 * they have added one and closed the recovery codes.
 */
export function SecondFactors({ onDone }: { onDone?: () => void }) {
  const factors = useQuery({ queryKey: ["second-factors"], queryFn: factorsApi.own });
  return (
    <section aria-labelledby="second-factors">
      <Loaded query={factors} label="second factors">
        {(own) =>
          own.noFactorsBecause === null ? (
            <Factors own={own} onDone={onDone} />
          ) : (
            <None why={own.noFactorsBecause} />
          )
        }
      </Loaded>
    </section>
  );
}

function None({ why }: { why: string }) {
  return (
    <div className={css.head}>
      <div>
        <h2 id="second-factors">Second factors</h2>
        <p>{why}</p>
      </div>
    </div>
  );
}

function Factors({ own, onDone }: { own: OwnFactors; onDone: (() => void) | undefined }) {
  const queries = useQueryClient();
  const [adding, setAdding] = useState<"passkey" | "totp" | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const refresh = async () => {
    await Promise.all(changed.map((key) => queries.invalidateQueries({ queryKey: [key] })));
    onDone?.();
  };
  const onAdded = (recoveryCodes: string[] | null) => {
    setAdding(null);
    setCodes(recoveryCodes);
    if (recoveryCodes === null) void refresh();
  };
  const closeCodes = () => {
    setCodes(null);
    void refresh();
  };
  const hasFactor = own.passkeys.length > 0 || own.totp !== null;
  return (
    <>
      <div className={css.head}>
        <div>
          <h2 id="second-factors">Second factors</h2>
          <p>{hasFactor ? withFactor : withoutFactor}</p>
        </div>
        <Group gap="xs">
          {own.totp === null ? (
            <Button variant="default" onClick={() => setAdding("totp")}>
              Add authenticator app
            </Button>
          ) : null}
          {own.noPasskeysBecause === null ? (
            <Button variant={hasFactor ? "default" : "filled"} onClick={() => setAdding("passkey")}>
              Add passkey
            </Button>
          ) : null}
        </Group>
      </div>
      {own.noPasskeysBecause === null ? null : (
        <Text size="sm" c="dimmed" mb="sm">
          {own.noPasskeysBecause} Passkeys are not offered until an administrator changes that.
        </Text>
      )}
      {hasFactor ? (
        <>
          <FactorTable own={own} />
          <RecoveryLine left={own.recoveryCodesLeft} onCodes={setCodes} />
        </>
      ) : null}
      {adding === "passkey" ? <AddPasskey onAdded={onAdded} onClose={() => setAdding(null)} /> : null}
      {adding === "totp" ? <AddTotp onAdded={onAdded} onClose={() => setAdding(null)} /> : null}
      {codes ? <RecoveryCodes codes={codes} onClose={closeCodes} /> : null}
    </>
  );
}

const withFactor = "After your password, Tocsin asks for one of these.";
const withoutFactor =
  "With a passkey or an authenticator app, a stolen password is not enough to sign in as you.";

function RecoveryLine({ left, onCodes }: { left: number; onCodes: (codes: string[]) => void }) {
  const replace = useApiMutation({
    mutationFn: () => factorsApi.replaceRecoveryCodes(),
    invalidates: "second-factors",
    failure: "The recovery codes were not replaced.",
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  return (
    <Group gap="sm" mt="sm" justify="space-between">
      <Text size="sm" c={left < 4 ? "var(--warn)" : "dimmed"}>
        {left === 0 ? "No recovery codes are left." : `${left} of 10 recovery codes are left.`}
      </Text>
      <Button
        variant="default"
        size="compact-sm"
        loading={replace.isPending}
        onClick={() => replace.mutate(undefined)}
      >
        Replace recovery codes
      </Button>
    </Group>
  );
}
