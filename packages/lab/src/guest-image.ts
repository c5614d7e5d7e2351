import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.ts';
import { must } from './run.ts';
import type { LabSettings } from './settings.ts';

const SOURCE = fileURLToPath(new URL('../guest', import.meta.url));

/** The image in the hosts' images pool that boots in seconds; sign in as root with password `lab`. */
export const GUEST_IMAGE = 'vireo-guest.qcow2';
/** A small CD image beside it, to have one to insert. */
export const TOOLS_ISO = 'vireo-tools.iso';

const ISO_README = `This CD has nothing on it but this file.
It is here so that there is a CD to insert into a virtual machine of the lab.
`;

/** What the image is built from, as one word: another content, another word. */
async function sourceStamp(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(SOURCE, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(SOURCE.length)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Puts guest image and CD into the lab's images pool. Builds the image when there is none of this content on the
 * machine (some 10 s and, the first time, a download of Debian's cloud kernel). Gives whether it put anything there.
 * Throws LabError when that fails.
 */
export async function ensureGuestImage(lab: LabSettings, say: (line: string) => void): Promise<boolean> {
  const stamp = await sourceStamp();
  const images = join(lab.dir, 'shared', 'images');
  const stampFile = join(lab.dir, 'guest.stamp');
  await mkdir(images, { recursive: true });
  const present =
    existsSync(join(images, GUEST_IMAGE)) && (await readFile(stampFile, 'utf8').catch(() => ''));
  if (present !== stamp) {
    const built = join(lab.cache, `guest-${stamp}.qcow2`);
    await withLock(lab.cache, async () => {
      if (existsSync(built)) return;
      say('Building the guest image from Debian packages...');
      await must([join(SOURCE, 'build.sh'), lab.cache, built]);
    });
    await copyFile(built, join(images, `.${GUEST_IMAGE}`));
    await chmod(join(images, `.${GUEST_IMAGE}`), 0o644);
    await rename(join(images, `.${GUEST_IMAGE}`), join(images, GUEST_IMAGE));
    await writeFile(stampFile, stamp);
  }
  const hasIso = existsSync(join(images, TOOLS_ISO));
  if (!hasIso) await makeIso(lab, join(images, TOOLS_ISO));
  return present !== stamp || !hasIso;
}

async function makeIso(lab: LabSettings, path: string): Promise<void> {
  const content = join(lab.dir, 'iso');
  await mkdir(content, { recursive: true });
  await writeFile(join(content, 'README.TXT'), ISO_README);
  await must(['genisoimage', '-quiet', '-J', '-R', '-V', 'VIREO_TOOLS', '-o', path, content]);
  await rm(content, { recursive: true });
}
