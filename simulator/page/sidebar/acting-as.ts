import { element } from "../dom/element.ts";
import { avatar } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import { go } from "../place.ts";
import type { Scene } from "../scene.ts";

// More than these would push the conversations out of sight.
const mostListed = 8;

const become = (as: string) => go({ as, thread: "" });

function role({ isAdmin, isRestricted, isUltraRestricted }: Scene["overview"]["people"][number]): string {
  if (isUltraRestricted) return "single-channel guest";
  if (isRestricted) return "guest";
  return isAdmin ? "admin" : "";
}

function chooser({ place, overview }: Scene): HTMLElement {
  const everybody = overview.people.filter(({ isBot, deleted }) => !isBot && !deleted);
  const me = everybody.find(({ name }) => name === place.as);
  const entries = everybody.map((person) => ({
    label: person.realName,
    detail: role(person) || person.email,
    isOn: person === me,
    choose: () => become(person.name),
  }));
  const node: HTMLElement = element(
    "button",
    {
      class: "row",
      "data-key": "acting-as",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-label": `Acting as ${me?.realName}`,
      click: () => popover(node, { label: "Acting as", kind: "listbox", entries, searchable: true }),
    },
    avatar({ name: me?.realName ?? "", isApp: false }),
    element("span", { class: "row-name" }, me?.realName ?? ""),
    element("span", { class: "chevron", "aria-hidden": "true" }),
  );
  return node;
}

/** Who one is: everybody of a small workspace at a click, of a large one to be searched for. */
export function actingAs(scene: Scene): HTMLElement {
  const { place, overview } = scene;
  const everybody = overview.people.filter(({ isBot, deleted }) => !isBot && !deleted);
  const rows = everybody.map((person) =>
    element(
      "button",
      {
        class: "row",
        "data-key": `person/${person.id}`,
        "aria-pressed": String(person.name === place.as),
        click: () => become(person.name),
      },
      avatar({ name: person.realName, isApp: false }),
      element("span", { class: "row-name" }, person.realName),
      role(person) ? element("small", { "aria-hidden": "true" }, role(person)) : null,
    ),
  );
  return element(
    "div",
    { class: "people", role: "group", "aria-label": "Acting as" },
    ...(everybody.length > mostListed ? [chooser(scene)] : rows),
  );
}
