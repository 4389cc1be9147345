import { didYouMean, type Value } from '@pewter/language';
import type { Body, Related, SourceFile } from '@pewter/syntax';
import type { DeclareNode, ImportNode } from './node.ts';
import type { NameChain } from './reference.ts';

/** The text of a module with what its blocks may use. One object per declare and load, so that a new text is told from an old. */
export interface ModuleTemplate {
  /** The name that it is used by: `m`, `lib.m`. */
  readonly declare: DeclareNode;
  readonly body: Body;
  readonly source: SourceFile;
  /** What was declared where the module stands, not where it is used. */
  readonly definitions: Definitions;
  /** The `module_path` of its expressions. */
  readonly folder: Value;
}

/** Why a name stands for no module. */
export interface Missing {
  readonly missing: string;
  readonly hint?: string;
  readonly related?: readonly Related[];
}

/** An import's text has not been read (checking without running, or a slow source). */
export type Unread = 'unread';

/** What an import brought: declares, nothing yet, or why not. */
export type Namespace = Definitions | Unread | Missing;

export interface DefinitionsOptions {
  readonly declares: Iterable<DeclareNode>;
  readonly imports: Iterable<ImportNode>;
  readonly namespaceOf: (node: ImportNode) => Namespace;
  readonly folder: Value;
  readonly parent?: Definitions | undefined;
  /** Those that hold themselves. */
  readonly recursive: ReadonlySet<DeclareNode>;
  /**
   * Whether a chain names something of what stands around: given where these are of the template of a `foreach`, whose
   * item and surroundings the modules that are declared in it see too.
   */
  readonly sees?: ((chain: NameChain) => boolean) | undefined;
}

/** The custom components that a config or module can use: its declares, its imports, and those around it. */
export class Definitions {
  readonly #options: DefinitionsOptions;
  readonly #declares: ReadonlyMap<string, DeclareNode>;
  readonly #imports: ReadonlyMap<string, ImportNode>;
  readonly #templates = new Map<string, ModuleTemplate>();

  constructor(options: DefinitionsOptions) {
    this.#options = options;
    this.#declares = new Map(Array.from(options.declares, (one) => [one.label, one]));
    this.#imports = new Map(Array.from(options.imports, (one) => [one.label, one]));
  }

  /** The module that a block's name stands for. */
  find(name: string): ModuleTemplate | Unread | Missing {
    const [first = '', second, ...rest] = name.split('.');
    if (second === undefined) return this.declared(first) ?? this.#above(name, first);
    const from = this.#imports.get(first);
    if (from === undefined) return this.#above(name, first);
    const namespace = this.#options.namespaceOf(from);
    if (!(namespace instanceof Definitions)) return namespace;
    const found = rest.length === 0 ? namespace.declared(second) : undefined;
    return found ?? this.#declaredAround(name) ?? missing(name, namespace.#named(first));
  }

  /** What an import of the same label in what is around brings. */
  #declaredAround(name: string): ModuleTemplate | undefined {
    const found = this.#options.parent?.find(name);
    return found === undefined || found === 'unread' || 'missing' in found ? undefined : found;
  }

  #named(label: string): readonly string[] {
    return [...this.#declares.keys()].map((one) => `${label}.${one}`);
  }

  /** A module declared right here. */
  declared(label: string): ModuleTemplate | undefined {
    const declare = this.#declares.get(label);
    if (declare === undefined) return undefined;
    const known = this.#templates.get(label);
    if (known !== undefined) return known;
    const { folder } = this.#options;
    const made = { declare, body: declare.template, source: declare.source, definitions: this, folder };
    this.#templates.set(label, made);
    return made;
  }

  /** See {@link DefinitionsOptions}. */
  get sees(): ((chain: NameChain) => boolean) | undefined {
    return this.#options.sees;
  }

  /** True for a declare right here that holds itself, of which its config tells. */
  isRecursive(declare: DeclareNode): boolean {
    return this.#options.recursive.has(declare);
  }

  /** True when a block of this name is a custom component, here or in what is around: its first part names a declare or import. */
  claims(name: string): boolean {
    const [first = ''] = name.split('.');
    return (
      this.#declares.has(first) || this.#imports.has(first) || (this.#options.parent?.claims(name) ?? false)
    );
  }

  /** The same, with imports that are asked elsewhere for what they have brought. */
  within(namespaceOf: (node: ImportNode) => Namespace): Definitions {
    return new Definitions({ ...this.#options, namespaceOf });
  }

  /** The same with new templates, for when an import has brought another text. */
  renewed(): Definitions {
    return new Definitions(this.#options);
  }

  /** The import right here that brings what a block's name stands for. */
  ownImportOf(name: string): ImportNode | undefined {
    return name.includes('.') ? this.#imports.get(name.split('.')[0] ?? '') : undefined;
  }

  /** The same, also in what is around. */
  importOf(name: string): ImportNode | undefined {
    return this.ownImportOf(name) ?? this.#options.parent?.importOf(name);
  }

  /** The declare right here that a block's name stands for. */
  declareOf(name: string): DeclareNode | undefined {
    return this.#declares.get(name);
  }

  #above(name: string, first: string): ModuleTemplate | Unread | Missing {
    if (this.#options.parent !== undefined) return this.#options.parent.find(name);
    return missing(
      name,
      [...this.#declares.keys()].filter((one) => one !== first),
    );
  }
}

function missing(name: string, names: readonly string[]): Missing {
  const likely = didYouMean(name, names);
  return {
    missing: `nothing here declares \`${name}\``,
    ...(likely === undefined ? {} : { hint: `did you mean \`${likely}\`?` }),
  };
}
