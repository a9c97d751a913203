import { Button, Menu } from "@mantine/core";
import type { SuppressDuration } from "../../../../src/alert/boomerang.ts";
import type { BoomerangBody } from "../../../../src/boomerang/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { Icon } from "../../../components/icon.tsx";
import { reveal } from "../../../components/reveal.ts";
import { Time } from "../../../components/time.tsx";
import { keysOf } from "../../../forms/choices.ts";
import { useChange } from "../../../forms/use-change.ts";
import { useMay } from "../../../session/use-session.ts";
import css from "./boomerang.module.css";

const lengths = { "1h": "For 1 hour", "4h": "For 4 hours", "24h": "For 24 hours" } satisfies Record<
  SuppressDuration,
  string
>;

interface Props {
  boomerangId: string;
  recipient: BoomerangBody["recipients"][number];
}

/** After somebody's Yes: lets repeats for them open no alert for a while. */
export function Suppress({ boomerangId, recipient: { id, name } }: Props) {
  const suppress = useChange({
    change: (length: SuppressDuration) => boomerangsApi.suppress(boomerangId, { recipient: id, for: length }),
    refresh: "of-alert",
    done: `Repeats for ${reveal(name)} join this alert silently. CRITICAL ones still open alerts.`,
    failed: "Nothing was suppressed.",
  });
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-xs"
          className={css.suppress}
          loading={suppress.isPending}
          rightSection={<Icon name="down" size={10} />}
          aria-label={`Suppress repeats for ${reveal(name)}`}
        >
          Suppress repeats
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {keysOf(lengths).map((length) => (
          <Menu.Item key={length} onClick={() => suppress.mutate(length)}>
            {lengths[length]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says that repeats for somebody open no alert at the moment, until when, and how that ends before. */
export function Running({ recipient }: { recipient: BoomerangBody["recipients"][number] }) {
  const mayManage = useMay("Manage Alerts");
  const { suppression } = recipient;
  const end = useChange({
    change: (running: string) => boomerangsApi.endSuppression(running),
    refresh: "of-alert",
    done: `Repeats for ${reveal(recipient.name)} open alerts again.`,
    failed: "Nothing was changed.",
  });
  if (!suppression) return null;
  return (
    <div className={css.suppression}>
      <span>
        Repeats join this alert silently; ends <Time at={suppression.until} />, or when the alert is reopened
      </span>
      {mayManage ? (
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
