import { Button } from "@mantine/core";
import { useState } from "react";
import { permissionDescriptions } from "../../../src/alert/permission.ts";
import type { TokenBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { Time } from "../../components/time.tsx";
import { keysOf } from "../../forms/choices.ts";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { TokenForm } from "./token-form.tsx";

export function TokensPage() {
  const pages = usePages(["api-tokens"], peopleApi.tokens);
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [revoking, setRevoking] = useState<TokenBody>();
  const revoke = useApiMutation({
    mutationFn: ({ id }: TokenBody) => peopleApi.revokeToken(id),
    invalidates: "api-tokens",
    success: "The token was revoked.",
    failure: "The token was not revoked.",
    onSuccess: () => setRevoking(undefined),
  });
  const create = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setCreating(true)}>
      Create token
    </Button>
  );
  return (
    <ConfigurePage
      title="API tokens"
      intro="Tokens for programs that use Tocsin's API. A token can never do more than the user who created it."
      action={pages.data?.length ? create : null}
    >
      <Loaded query={pages} label="API tokens">
        {(tokens) =>
          tokens.length > 0 ? (
            <PlainTable
              label="API tokens"
              heads={["Name", "Permissions", "Allowed IPs", "Expires", "Last used", ""]}
            >
              {tokens.map((token) => (
                <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
              ))}
            </PlainTable>
          ) : (
            <Empty title="No API tokens yet">
              <p>Create one for each program, with only the permissions that it needs.</p>
              {create}
            </Empty>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
      {creating ? <TokenForm onClose={() => setCreating(false)} onCreated={setSecret} /> : null}
      {secret ? (
        <SecretDialog
          title="Your new API token"
          label="token"
          secret={secret}
          advice="Copy the token now. Tocsin stores only a hash and can't show it again. Send it as “Authorization: Bearer …”."
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
          Programs that still use this token are refused at once.
        </ConfirmDelete>
      ) : null}
    </ConfigurePage>
  );
}

export function TokenRow({ token, onRevoke }: { token: TokenBody; onRevoke: () => void }) {
  return (
    <tr>
      <td className="wrap">{token.name}</td>
      <td>{describePermissions(token)}</td>
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

function describePermissions({ permissions }: TokenBody): string {
  const all = keysOf(permissionDescriptions);
  return permissions.length === all.length ? "All permissions" : permissions.join(", ");
}
