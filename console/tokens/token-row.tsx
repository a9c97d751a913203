import { Button } from "@mantine/core";
import type { TokenBody } from "../../src/people/contract.ts";
import { keysOf } from "../forms/choices.ts";
import { Time } from "../components/time.tsx";
import { permissionWords } from "../words.ts";

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
  const all = keysOf(permissionWords);
  return permissions.length === all.length ? "Everything" : permissions.join(", ");
}
