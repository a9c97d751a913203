import { Button, Group, Modal, Text } from "@mantine/core";
import { CopyBlock } from "../../components/copy.tsx";

interface Props {
  /** Such as "Signing secret". */
  label: string;
  hint: string;
  /** The destination's name. */
  of: string;
  secret: string;
  onClose: () => void;
}

/** Shows a generated secret once. */
export function SecretOnce({ label, hint, of, secret, onClose }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${label} of ${of}`}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text size="sm" mb="sm">
        {hint}
      </Text>
      <CopyBlock text={secret} label={label.toLowerCase()} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>I have copied the secret</Button>
      </Group>
    </Modal>
  );
}
