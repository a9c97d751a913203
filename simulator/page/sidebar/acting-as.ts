import { element } from "../dom/element.ts";
import { avatar } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import type { PageState } from "../page-state.ts";
import { navigate } from "../route.ts";

// With more people, the list would push the conversations out of view.
const maxListed = 8;

const actAs = (as: string) => navigate({ as, thread: "" });

function role({ isAdmin, isRestricted, isUltraRestricted }: PageState["overview"]["people"][number]): string {
  if (isUltraRestricted) return "single-channel guest";
  if (isRestricted) return "guest";
  return isAdmin ? "admin" : "";
}

function chooser({ route, overview }: PageState): HTMLElement {
  const people = overview.people.filter(({ isBot, deleted }) => !isBot && !deleted);
  const me = people.find(({ name }) => name === route.as);
  const entries = people.map((person) => ({
    label: person.realName,
    detail: role(person) || person.email,
    isOn: person === me,
    choose: () => actAs(person.name),
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

/** Selects the acting person: a list in a small workspace, a searchable select in a large one. */
export function actingAs(state: PageState): HTMLElement {
  const { route, overview } = state;
  const people = overview.people.filter(({ isBot, deleted }) => !isBot && !deleted);
  const rows = people.map((person) =>
    element(
      "button",
      {
        class: "row",
        "data-key": `person/${person.id}`,
        "aria-pressed": String(person.name === route.as),
        click: () => actAs(person.name),
      },
      avatar({ name: person.realName, isApp: false }),
      element("span", { class: "row-name" }, person.realName),
      role(person) ? element("small", { "aria-hidden": "true" }, role(person)) : null,
    ),
  );
  return element(
    "div",
    { class: "people", role: "group", "aria-label": "Acting as" },
    ...(people.length > maxListed ? [chooser(state)] : rows),
  );
}
