import { Button } from "@mantine/core";
import { useState } from "react";
import { permissionDescriptions } from "../../../src/alert/permission.ts";
import type { TokenBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { SecretOnce } from "../../components/secret-once.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { Time } from "../../components/time.tsx";
import { keysOf } from "../../forms/choices.ts";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useChange } from "../../forms/use-change.ts";
import { TokenForm } from "./token-form.tsx";

export function TokensPage() {
  const pages = usePages(["api-tokens"], peopleApi.tokens);
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [revoking, setRevoking] = useState<TokenBody>();
  const revoke = useChange({
    change: ({ id }: TokenBody) => peopleApi.revokeToken(id),
    refresh: "api-tokens",
    done: "The token is revoked.",
    failed: "The token was not revoked.",
    onDone: () => setRevoking(undefined),
  });
  const create = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setCreating(true)}>
      Create token
    </Button>
  );
  return (
    <SettingsPage
      title="API tokens"
      about="For programs that use Tocsin's API. A token may never do more than whoever made it."
      action={pages.data?.length ? create : null}
    >
      <Loaded query={pages} what="API tokens">
        {(tokens) =>
          tokens.length > 0 ? (
            <PlainTable label="API tokens" heads={["Name", "May", "Addresses", "Expires", "Last used", ""]}>
              {tokens.map((token) => (
                <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
              ))}
            </PlainTable>
          ) : (
            <Empty title="No API tokens yet">
              <p>Make one for each program, with only what that program needs.</p>
              {create}
            </Empty>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
      {creating ? <TokenForm onClose={() => setCreating(false)} onCreated={setSecret} /> : null}
      {secret ? (
        <SecretOnce
          title="Your new API token"
          what="token"
          secret={secret}
          advice="Copy it now: Tocsin keeps only a hash and can't show it again. Send it as “Authorization: Bearer …”."
          onClose={() => setSecret(undefined)}
        />
      ) : null}
      {revoking ? (
        <ConfirmDelete
          name={revoking.name}
          action="Revoke"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(revoking)}
          onClose={() => setRevoking(undefined)}
        >
          Whatever still uses this token is refused at once.
        </ConfirmDelete>
      ) : null}
    </SettingsPage>
  );
}

export function TokenRow({ token, onRevoke }: { token: TokenBody; onRevoke: () => void }) {
  return (
    <tr>
      <td className="wrap">{token.name}</td>
      <td>{sayPermissions(token)}</td>
      <td>{token.cidrs.length > 0 ? token.cidrs.join(", ") : "Any"}</td>
      <td>{token.expiresAt ? <Time at={token.expiresAt} /> : "Never"}</td>
      <td>{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : "Never"}</td>
      <td>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          onClick={onRevoke}
          aria-label={`Revoke ${token.name}`}
        >
          Revoke
        </Button>
      </td>
    </tr>
  );
}

function sayPermissions({ permissions }: TokenBody): string {
  const all = keysOf(permissionDescriptions);
  return permissions.length === all.length ? "Everything" : permissions.join(", ");
}
