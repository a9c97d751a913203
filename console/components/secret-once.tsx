import { Button, Group, Modal, Text } from "@mantine/core";
import { CopyLine } from "./copy.tsx";

interface Props {
  title: string;
  /** What it is called, as "key". */
  what: string;
  secret: string;
  /** What to do with it, and how long it is good for. */
  advice: string;
  onClose: () => void;
}

/** Shows a secret the only time it can be shown; a click beside the dialog doesn't lose it. */
export function SecretOnce({ title, what, secret, advice, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} size="lg">
      <Text size="sm" mb="md">
        {advice}
      </Text>
      <CopyLine text={secret} what={what} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>I have copied it</Button>
      </Group>
    </Modal>
  );
}
