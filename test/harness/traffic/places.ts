import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the servers, the program and the files of a scenario are: what its placeholders stand for. */
export class Places {
  readonly #addresses = new Map<string, string>();
  readonly #folder: string;
  readonly #certificates: string;

  /** `folder` is the program's working folder, `certificates` that of the certificates. */
  constructor(folder: string, certificates: string) {
    this.#folder = folder;
    this.#certificates = certificates;
  }

  /** Makes an address known by its name. */
  set(name: string, address: string): void {
    this.#addresses.set(name, address);
  }

  /** The text with all placeholders filled. */
  fill(text: string): string {
    return text.replace(/\{\{([^}]+)\}\}/g, (all, name: string) => this.#value(name) ?? all);
  }

  /** The text with addresses and folders as placeholders again. */
  blank(text: string): string {
    const known = [...this.#addresses].flatMap(([name, address]) => [
      [address, name] as const,
      [address.replace(/^localhost:/, '127.0.0.1:'), name] as const,
    ]);
    const all = [...known, [this.#folder, 'dir'] as const, [this.#certificates, 'certs'] as const];
    return all.reduce((result, [value, name]) => result.replaceAll(value, `{{${name}}}`), text);
  }

  #value(name: string): string | undefined {
    if (name === 'dir') return this.#folder;
    if (name === 'certs') return this.#certificates;
    if (name.startsWith('pem:')) return readFileSync(join(this.#certificates, name.slice(4)), 'utf8');
    const [listener = '', part] = name.split('.');
    const address = this.#addresses.get(listener);
    return part === 'port' ? address?.split(':').at(-1) : address;
  }
}
