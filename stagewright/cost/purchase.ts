import type { Product } from "./catalog";

/** Something that a stack pays for every month. */
export interface Purchase {
  /** What it is for: a resource's name, or a path into the environment. */
  name: string;
  product: Product;
  plan: string;
  quantity: number;
}
