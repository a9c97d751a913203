import { Button, Menu } from "@mantine/core";
import type { Status } from "../../src/alert/status.ts";
import { keysOf } from "../forms/choices.ts";
import { Icon } from "../components/icon.tsx";
import { StatusMark } from "../components/marks.tsx";
import { statusWords } from "../words.ts";

interface Props {
  /** Of one alert; of many there is none to show. */
  status: Status | undefined;
  onChoose: (status: Status) => void;
  busy: boolean;
}

export function StatusMenu({ status, onChoose, busy }: Props) {
  return (
    <Menu position="bottom-start" width={180} shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          disabled={busy}
          rightSection={<Icon name="down" size={12} />}
          aria-label={status ? `Status: ${statusWords[status]}` : "Set status"}
        >
          {status ? <StatusMark status={status} /> : "Set status"}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {keysOf(statusWords).map((choice) => (
          <Menu.Item
            key={choice}
            disabled={choice === status}
            onClick={() => onChoose(choice)}
            rightSection={choice === status ? <Icon name="check" size={14} /> : null}
          >
            <StatusMark status={choice} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
