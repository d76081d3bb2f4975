import { type Call, notFound, type Routes } from "./http";
import type { Account } from "./store";

/**
 * Finds the team in a path by its ID or slug: the API accepts both (netlify/cli gives
 * `account_slug` for `account_id`).
 */
export function accountOf({ store, path }: Call): Account {
  const named = path.account_slug ?? path.account_id;
  const accounts = store.list("account") as unknown as Account[];
  const account = accounts.find(({ id, slug }) => id === named || slug === named);
  if (!account) throw notFound();
  return account;
}

export const accountRoutes: Routes = {
  "GET /accounts": ({ store }) => ({ status: 200, body: store.list("account") }),
  "GET /accounts/{account_id}": (call) => ({ status: 200, body: accountOf(call) }),
};
