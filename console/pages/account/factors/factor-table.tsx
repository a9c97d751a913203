import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { OwnFactors } from "../../../../src/people/factors/contract.ts";
import { factorsApi } from "../../../api/factors.ts";
import { PlainTable } from "../../../components/lists/plain-table.tsx";
import { reveal } from "../../../components/reveal.ts";
import { Time } from "../../../components/time.tsx";
import { useApiMutation } from "../../../forms/use-api-mutation.ts";
import css from "../account.module.css";

/** A user's passkeys and authenticator app, which they can remove. */
export function FactorTable({ own: { passkeys, totp } }: { own: OwnFactors }) {
  return (
    <PlainTable label="Your second factors" heads={["Name", "Added", "Last used", ""]}>
      {passkeys.map(({ id, name, createdAt, lastUsedAt, onlyFor }) => (
        <Row
          key={id}
          name={name}
          added={createdAt}
          used={lastUsedAt}
          remove={() => factorsApi.removePasskey(id)}
        >
          {onlyFor === null ? "Passkey" : `Passkey for ${onlyFor}, which doesn't work at this address`}
        </Row>
      ))}
      {totp ? (
        <Row
          name="Authenticator app"
          added={totp.createdAt}
          used={totp.lastUsedAt}
          remove={factorsApi.removeTotp}
        >
          Codes of six digits
        </Row>
      ) : null}
    </PlainTable>
  );
}

interface RowProps {
  name: string;
  added: string;
  used: string | null;
  remove: () => Promise<void>;
  /** What it is. */
  children: ReactNode;
}

function Row({ name, added, used, remove, children }: RowProps) {
  const removal = useApiMutation({
    mutationFn: () => remove(),
    invalidates: "second-factors",
    success: `${name} was removed.`,
    failure: `${name} was not removed.`,
  });
  return (
    <tr>
      <td className="wrap">
        {reveal(name)}
        <div className={css.current}>{children}</div>
      </td>
      <td>
        <Time at={added} />
      </td>
      <td>{used === null ? "Never" : <Time at={used} />}</td>
      <td>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          loading={removal.isPending}
          onClick={() => removal.mutate(undefined)}
          aria-label={`Remove ${name}`}
        >
          Remove
        </Button>
      </td>
    </tr>
  );
}
