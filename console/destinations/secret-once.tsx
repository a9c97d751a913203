import { Button, Group, Modal, Text } from "@mantine/core";
import { CopyLine } from "../parts/copy/copy-line.tsx";

/** Shows the signing secret that Tocsin has made, the only time it can be shown. */
export function SecretOnce({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Signing secret of ${name}`}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text size="sm" mb="sm">
        Copy it now and give it to the receiver, which checks each event's signature with it. Tocsin keeps it
        encrypted and can't show it again.
      </Text>
      <CopyLine text={secret} what="signing secret" />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>I have copied the secret</Button>
      </Group>
    </Modal>
  );
}
