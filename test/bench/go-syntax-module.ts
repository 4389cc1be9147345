import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** MB/s. */
export interface Speed {
  readonly parse: number;
  /** Parse and format. */
  readonly format: number;
}

export interface GoSyntax {
  /** One run over the files, in a process of its own. */
  measure(): Speed;
  remove(): void;
}

/** Builds the program that measures the published Go module on some files; undefined without Go or the module. */
export function buildGoSyntax(paths: readonly string[]): GoSyntax | undefined {
  // In a copy, since `go mod tidy` writes beside the program.
  const folder = mkdtempSync(join(tmpdir(), 'go-syntax-'));
  const remove = () => rmSync(folder, { recursive: true });
  cpSync(join(import.meta.dirname, 'go-syntax'), folder, { recursive: true });
  const built = [
    ['mod', 'tidy'],
    ['build', '-o', 'measure', '.'],
  ].every((args) => spawnSync('go', args, { cwd: folder, timeout: 120_000 }).status === 0);
  if (!built) {
    remove();
    return undefined;
  }
  const input = `${paths.join('\n')}\n`;
  const measure = () => {
    const { stdout } = spawnSync(join(folder, 'measure'), { input, encoding: 'utf8', timeout: 300_000 });
    const [parse = Number.NaN, format = Number.NaN] = stdout.trim().split(' ').map(Number);
    return { parse, format };
  };
  return { measure, remove };
}
