import { Button, Group, Modal, Text } from "@mantine/core";
import { CopyBlock } from "./copy.tsx";

interface Props {
  title: string;
  /** Names the secret on the buttons: "token". */
  label: string;
  secret: string;
  /** What to do with the secret, and how long it is valid. */
  advice: string;
  /** On the button that closes the dialog, if the secret need not be copied. */
  done?: string;
  onClose: () => void;
}

/** Shows a secret once. Clicks outside don't close the dialog, since the secret can't be shown again. */
export function SecretDialog({ title, label, secret, advice, done, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} size="lg">
      <Text size="sm" mb="md">
        {advice}
      </Text>
      <CopyBlock text={secret} label={label} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{done ?? `I have copied the ${label}`}</Button>
      </Group>
    </Modal>
  );
}
