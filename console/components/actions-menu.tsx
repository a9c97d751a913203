import { ActionIcon, Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface Props {
  /** The name of the thing that the actions are for. */
  of: string;
  width: number;
  /** The entries: `Menu.Item`s. */
  children: ReactNode;
}

/** The ⋯ button of a thing, and the menu of what can be done with it. */
export function ActionsMenu({ of, width, children }: Props) {
  return (
    <Menu position="bottom-end" width={width} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${of}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
