/** What the tests read of the API's answer for one component. */
export interface ComponentJson {
  readonly health: { readonly state: string; readonly message: string };
  readonly debugInfo: readonly StatementJson[];
  readonly exports: readonly StatementJson[];
}

export interface StatementJson {
  readonly name: string;
  readonly type: 'attr' | 'block';
  readonly value?: { readonly type: string; readonly value: unknown };
  readonly body?: readonly StatementJson[];
}

/** The blocks of this name as records of their attributes' values. */
export function debugBlocks(
  component: ComponentJson,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  return component.debugInfo
    .filter((statement) => statement.type === 'block' && statement.name === name)
    .map(({ body = [] }) => Object.fromEntries(body.map((inner) => [inner.name, inner.value?.value])));
}
