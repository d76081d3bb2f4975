import { gzipSync } from "node:zlib";

const BLOCK = 512;

/**
 * Packs files into a gzip-compressed tar archive (POSIX ustar), the form of a Heroku slug:
 * everything under `./app` (https://devcenter.heroku.com/articles/platform-api-deploying-slugs).
 * The tar is the same for the same files: owner, mode and time are fixed.
 *
 * @param files contents by path; folders on the way are not listed, as tar makes them when it
 *   unpacks.
 */
export function archive(files: Readonly<Record<string, Buffer>>): Buffer {
  return gzipSync(tar(files), { level: 9 });
}

/** The archive before its compression, whose bytes depend on the version of zlib. */
export function tar(files: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.keys(files)
    .sort()
    .flatMap((name) => {
      const content = files[name] ?? Buffer.alloc(0);
      return [header(name, content.length), content, Buffer.alloc(-content.length & (BLOCK - 1))];
    });
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error(`'${name}' is too long for a tar header`);
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "ascii");
  block.write(name, 0, "utf8");
  octal(0o644, 100, 8); // mode
  octal(0, 108, 8); // owner
  octal(0, 116, 8); // group
  octal(size, 124, 12);
  octal(0, 136, 12); // time of the last change
  block.write("        ", 148, "ascii"); // the checksum counts as spaces while it is computed
  block.write("0", 156, "ascii"); // a regular file
  block.write("ustar\x0000", 257, "ascii");
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return block;
}
