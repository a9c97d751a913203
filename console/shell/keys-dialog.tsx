import { Kbd, Modal, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useKeys } from "../components/use-keys.ts";

const keys: [string[], string][] = [
  [["j", "k"], "Move down and up in the list"],
  [["Enter"], "Open the focused alert"],
  [["x"], "Select the focused alert"],
  [["e"], "Resolve the selected or focused alerts, or the open one"],
  [["a"], "Assign them to yourself"],
  [["c"], "Comment on them"],
  [["z"], "Undo your last change of a status or assignee, while its note is shown"],
  [["/"], "Search; #1042 opens that alert"],
  [["?"], "Show these keys"],
];

/** The list of keys, which `?` opens. */
export function KeysDialog() {
  const [opened, { open, close }] = useDisclosure(false);
  useKeys([
    ["shift+?", open],
    ["?", open],
  ]);
  return (
    <Modal opened={opened} onClose={close} title="Keys" closeButtonProps={{ "aria-label": "Close" }}>
      <Table>
        <Table.Tbody>
          {keys.map(([names, does]) => (
            <Table.Tr key={does}>
              <Table.Td w={96}>
                {names.map((name) => (
                  <Kbd key={name} mr={4}>
                    {name}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
