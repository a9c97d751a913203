import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Bell bronze, hue 35. Only for the selected item and the primary action. */
const bronze: MantineColorsTuple = [
  "#fbf6ee",
  "#f3e7d3",
  "#e8d1ad",
  "#ddb985",
  "#d3a565",
  "#b9843f",
  "#996a2e",
  "#835824",
  "#6a471d",
  "#513616",
];

/** Greys with a tint of bronze. */
const gray: MantineColorsTuple = [
  "#f8f7f5",
  "#f1f0ed",
  "#e6e4e0",
  "#d8d5d0",
  "#bdb9b2",
  "#96918a",
  "#716d67",
  "#55524d",
  "#363431",
  "#1d1c1a",
];

/** Greys of the dark theme, from text to background. */
const dark: MantineColorsTuple = [
  "#e9e7e3",
  "#bfbbb5",
  "#a29e97",
  "#6f6b66",
  "#3d3b38",
  "#312f2d",
  "#262523",
  "#1c1b1a",
  "#151413",
  "#0f0e0e",
];

const red: MantineColorsTuple = [
  "#fdf0ef",
  "#f9dcda",
  "#f2b8b4",
  "#f0938c",
  "#f27d74",
  "#dd453a",
  "#cb2f26",
  "#b3261e",
  "#921e18",
  "#701611",
];

export const theme = createTheme({
  respectReducedMotion: true,
  colors: { bronze, gray, dark, red },
  primaryColor: "bronze",
  primaryShade: { light: 7, dark: 6 },
  black: gray[9],
  defaultRadius: 6,
  cursorType: "pointer",
  focusRing: "auto",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.45", lg: "1.45", xl: "1.3" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "15px" } } },
  components: {
    Button: { defaultProps: { size: "compact-md", fw: 500, fz: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Modal: {
      styles: { title: { fontWeight: 600, fontSize: 15 } },
      defaultProps: {
        centered: true,
        radius: 8,
        overlayProps: { backgroundOpacity: 0.45 },
        attributes: { header: { role: "presentation" } },
      },
    },
  },
});

/** Mantine's own dimmed, placeholder and error colours have less than 4.5:1 contrast on these backgrounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": gray[9],
    "--mantine-color-dimmed": "#66625c",
    "--mantine-color-placeholder": "#716d67",
    "--mantine-color-error": red[7],
    "--mantine-color-anchor": bronze[7],
    "--mantine-color-default-border": gray[3],
  },
  dark: {
    "--mantine-color-body": dark[7],
    "--mantine-color-text": dark[0],
    "--mantine-color-dimmed": "#a8a49d",
    "--mantine-color-placeholder": "#98948d",
    "--mantine-color-error": red[3],
    "--mantine-color-anchor": bronze[4],
    "--mantine-color-default": dark[6],
    "--mantine-color-default-hover": dark[5],
    "--mantine-color-default-border": dark[4],
  },
});
