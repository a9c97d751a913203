import { Menu, useMantineColorScheme } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { basePath } from "../api/base-path.ts";
import { peopleApi } from "../api/people.ts";
import { Icon, type IconName } from "../components/icon.tsx";
import { showError } from "../components/toasts.tsx";
import { useSession } from "../session/use-session.ts";
import css from "./shell.module.css";

const schemes = [
  { value: "light", label: "Light", icon: "sun" },
  { value: "dark", label: "Dark", icon: "moon" },
  { value: "auto", label: "System", icon: "screen" },
] as const satisfies { value: string; label: string; icon: IconName }[];

export function PersonMenu() {
  const user = useSession().data?.user;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  if (!user) return null;
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <button type="button" className={css.person}>
          <span className={css.initials} aria-hidden="true">
            {initialsOf(user.name)}
          </span>
          <span className={css.name}>{user.name}</span>
          <Icon name="down" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="wrap">
          {user.email} · {user.role}
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<Icon name="person" />}>
          Account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        {schemes.map(({ value, label, icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon name={icon} />}
            rightSection={colorScheme === value ? <Icon name="check" /> : null}
            aria-current={colorScheme === value || undefined}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}

/** Signs out here, and at the identity provider if the session began there. */
export function useSignOut() {
  return useMutation({
    mutationFn: peopleApi.signOut,
    // Loading the page again drops all data that the user could see.
    onSuccess(elsewhere) {
      sessionStorage.clear();
      window.location.assign(elsewhere?.signOutUrl ?? `${basePath}/sign-in`);
    },
    onError: (error) => showError("You are still signed in.", error),
  });
}
