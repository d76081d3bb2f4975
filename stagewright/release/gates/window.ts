import { parseWindow } from "../../environment/schema/release/times";
import { line } from "../rules";
import { type Gate, hotfixOf } from "./gate";

// From here to the call that changes something at the vendor: the checkout and the upload of the
// source.
const MARGIN_SECONDS = 120;

/** The window is open, and will be when the deploy starts at the vendor. */
export const window: Gate = ({ target, way }) => {
  const { rules } = target;
  if (rules.window === undefined) return [];
  const { hours, zone = rules.timezone } = parseWindow(rules.window);
  return [
    {
      name: "Is the window open?",
      states: line(rules, ["window"], rules.window),
      env: {
        WINDOW: rules.window,
        HOURS: hours.map(({ days, opens, closes }) => `${days.join(",")} ${opens} ${closes}`).join("\n"),
        ZONE: zone,
        MARGIN_SECONDS: `${MARGIN_SECONDS}`,
        ...hotfixOf({ target, way }),
      },
      script: "gates/window.sh",
    },
  ];
};
