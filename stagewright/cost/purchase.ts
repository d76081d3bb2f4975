import type { Product } from "./catalog";

/** Something that a stack buys month after month. */
export interface Purchase {
  /** What it is bought for: a resource's name, or a path into the environment. */
  name: string;
  product: Product;
  plan: string;
  quantity: number;
}
