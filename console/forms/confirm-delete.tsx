import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";

interface Props {
  /** The name to type. */
  name: string;
  /** The verb on the button: "Delete". */
  action: string;
  /** What the deletion causes. */
  children: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks to type the name before something is deleted. */
export function ConfirmDelete({ name, action, children, busy, onConfirm, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <Modal opened onClose={onClose} title={`${action} ${name}?`} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Text size="sm" mb="md">
          {children}
        </Text>
        <TextInput
          data-autofocus
          label={`Type ${name} to confirm`}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={typed.trim() !== name.trim()} loading={busy}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
