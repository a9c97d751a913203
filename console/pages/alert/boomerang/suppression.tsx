import { Button, Menu } from "@mantine/core";
import type { SuppressFor } from "../../../../src/alert/boomerang.ts";
import type { BoomerangBody } from "../../../../src/boomerang/contract.ts";
import { boomerangsApi } from "../../../api/boomerangs.ts";
import { useChange } from "../../../forms/use-change.ts";
import { keysOf } from "../../../forms/choices.ts";
import { Icon } from "../../../components/icon.tsx";
import { reveal } from "../../../components/reveal.ts";
import css from "./boomerang.module.css";

const lengths = { "1h": "For 1 hour", "4h": "For 4 hours", "24h": "For 24 hours" } satisfies Record<
  SuppressFor,
  string
>;

interface Props {
  boomerangId: string;
  recipient: BoomerangBody["recipients"][number];
}

/** After somebody's Yes: lets repeats for them open no alert for a while. */
export function Suppress({ boomerangId, recipient: { id, name } }: Props) {
  const suppress = useChange({
    change: (length: SuppressFor) => boomerangsApi.suppress(boomerangId, { recipient: id, for: length }),
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
