import { Button, Menu } from "@mantine/core";
import type { SuppressFor } from "../../../../src/alert/boomerang.ts";
import type { BoomerangBody } from "../../../../src/boomerang/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { Icon } from "../../../components/icon.tsx";
import { reveal } from "../../../components/reveal.ts";
import { Time } from "../../../components/time.tsx";
import { keysOf } from "../../../forms/choices.ts";
import { useApiMutation } from "../../../forms/use-api-mutation.ts";
import { usePermission } from "../../../session/use-session.ts";
import css from "./boomerang.module.css";

const durations = { "1h": "For 1 hour", "4h": "For 4 hours", "24h": "For 24 hours" } satisfies Record<
  SuppressFor,
  string
>;

interface Props {
  boomerangId: string;
  recipient: BoomerangBody["recipients"][number];
}

/** Suppresses repeats for a person who answered "Yes". */
export function SuppressMenu({ boomerangId, recipient: { id, name } }: Props) {
  const suppress = useApiMutation({
    mutationFn: (duration: SuppressFor) =>
      boomerangsApi.suppress(boomerangId, { recipient: id, for: duration }),
    invalidates: "alert-parts",
    success: `Repeats for ${reveal(name)} now join this alert silently. Critical repeats still open alerts.`,
    failure: "Repeats are not suppressed.",
  });
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-xs"
          className={css.suppressMenu}
          loading={suppress.isPending}
          rightSection={<Icon name="down" size={10} />}
          aria-label={`Suppress repeats for ${reveal(name)}`}
        >
          Suppress repeats
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {keysOf(durations).map((duration) => (
          <Menu.Item key={duration} onClick={() => suppress.mutate(duration)}>
            {durations[duration]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The active suppression for a recipient: when it ends, and a button to end it now. */
export function Suppression({ recipient }: { recipient: BoomerangBody["recipients"][number] }) {
  const canManage = usePermission("Manage Alerts");
  const { suppression } = recipient;
  const end = useApiMutation({
    mutationFn: (suppressionId: string) => boomerangsApi.endSuppression(suppressionId),
    invalidates: "alert-parts",
    success: `Repeats for ${reveal(recipient.name)} open new alerts again.`,
    failure: "The suppression was not ended.",
  });
  if (!suppression) return null;
  return (
    <div className={css.suppression}>
      <span>
        Repeats join this alert silently. Ends <Time at={suppression.until} />, or when the alert is reopened.
      </span>
      {canManage ? (
        <Button
          variant="default"
          size="compact-xs"
          loading={end.isPending}
          onClick={() => end.mutate(suppression.id)}
        >
          End now
        </Button>
      ) : null}
    </div>
  );
}
