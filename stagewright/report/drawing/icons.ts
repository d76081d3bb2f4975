import type { Role } from "../model/component";

/** Line drawings of 16 by 16, as SVG path data. */
export const ICONS: Readonly<Record<Role | "source" | "protected" | "public", string>> = {
  gui: "M2 3.5h12v9H2zM2 6.5h12M4 5h.01M6 5h.01",
  api: "M3 2.5h10v4H3zM3 9.5h10v4H3zM5.5 4.5h.01M5.5 11.5h.01M8 4.5h3M8 11.5h3",
  database:
    "M3 4c0-1 2.2-2 5-2s5 1 5 2-2.2 2-5 2-5-1-5-2zM3 4v8c0 1 2.2 2 5 2s5-1 5-2V4M3 8c0 1 2.2 2 5 2s5-1 5-2",
  broker: "M2 5h4v6H2zM10 5h4v6h-4zM6 8h4M8.3 6.3 10 8 8.3 9.7",
  bucket:
    "M2.5 4c0-1 2.5-1.5 5.5-1.5s5.5.5 5.5 1.5S11 5.5 8 5.5 2.5 5 2.5 4zM2.5 4l1.3 8.5c.1.6 1.9 1.2 4.2 1.2s4.1-.6 4.2-1.2L13.5 4",
  errors: "M8 2.5 14 13.5H2zM8 6.5v3.5M8 11.8h.01",
  dns: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c2 1.7 2.5 4 2.5 6S10 12.3 8 14c-2-1.7-2.5-4-2.5-6S6 3.7 8 2z",
  source:
    "M5 5.5v5M5 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM5 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11 6.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11 6.5c0 3-6 1.5-6 4",
  protected: "M8 2 13 4v3.5c0 3-2 5.2-5 6.5-3-1.3-5-3.5-5-6.5V4z",
  public: "M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 4.8-1",
};
