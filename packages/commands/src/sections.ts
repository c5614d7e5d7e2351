import { hostOutputError } from './host-output-error.ts';

export interface Section {
  name: string;
  exitCode: number;
  text: string;
}

/**
 * Takes a batched script's output apart: the first line is a nonce that the host drew for this run, and a line
 * `<nonce> <name> <exit code>` closes each section. What a section holds can't forge that.
 * @throws HostOutputError when there is no nonce, or the output ends inside a section (it was cut)
 */
export function sectionsOf(tool: string, stdout: string): Section[] {
  const end = stdout.indexOf('\n');
  const nonce = stdout.slice(0, end);
  if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(nonce)) throw hostOutputError(tool, 'no nonce', stdout);
  const sections: Section[] = [];
  let lines: string[] = [];
  for (const line of stdout.slice(end + 1).split('\n')) {
    if (!line.startsWith(`${nonce} `)) {
      lines.push(line);
      continue;
    }
    const match = /^(.*) (\d+)$/.exec(line.slice(nonce.length + 1));
    sections.push({ name: match?.[1] ?? '', exitCode: Number(match?.[2] ?? 255), text: lines.join('\n') });
    lines = [];
  }
  if (sections.length === 0 || lines.some((line) => line.trim() !== ''))
    throw hostOutputError(tool, 'the output was cut', lines.at(-1));
  return sections;
}

/** One section that must be there and have succeeded. @throws HostOutputError */
export function sectionText(tool: string, sections: readonly Section[], name: string): string {
  const section = sections.find((one) => one.name === name);
  if (!section) throw hostOutputError(tool, `no section "${name}"`);
  if (section.exitCode !== 0)
    throw hostOutputError(tool, `section "${name}" ended with exit code ${section.exitCode}`);
  return section.text;
}
