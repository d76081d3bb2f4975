/** `npx tsx components/first-release/pack.ts` writes `slug.tgz` anew from `app/`. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { archive } from "./archive";
import { slugFile } from "./first-release";

const source = readFileSync(path.join(__dirname, "app", "web.pl"));
writeFileSync(slugFile, archive({ "./app/web.pl": source }));
