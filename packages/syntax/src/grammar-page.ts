import { type Part, serialized } from './grammar-text.ts';
import { vocabulary } from './token.ts';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; background: #fff }
h2 { font-size: 1rem; margin: 2rem 0 .5rem }
.row { display: flex; align-items: center; flex-wrap: wrap; row-gap: .5rem }
.row > * + *, .rail > * { margin-left: 1rem; position: relative }
.row > * + *::before { content: ""; position: absolute; left: -1rem; width: 1rem; top: 50%; border-top: 2px solid #8a929c }
.token, .rule { border: 2px solid #57606a; padding: .1rem .6rem; white-space: nowrap; background: #f6f8fa }
.token { border-radius: 1rem; font-family: ui-monospace, monospace }
.rule a { color: inherit }
.choice { border: solid #8a929c; border-width: 0 2px; padding: 0 1rem; display: flex; flex-direction: column; gap: .5rem; align-items: flex-start }
.again, .maybe { border: 2px dashed #8a929c; border-radius: .5rem; padding: .9rem .6rem .3rem; position: relative }
.again::after, .maybe::after { position: absolute; top: -.1rem; left: .5rem; font-size: .7rem; color: #57606a }
.again::after { content: "any number of times" }
.maybe::after { content: "or not" }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117 }
  .token, .rule { background: #161b22 }
  .again::after, .maybe::after { color: #9aa4af }
}`;

/** The grammar as a page of railroad diagrams, in plain HTML and CSS: it loads nothing and runs no script. */
export function grammarPage(): string {
  const rules = serialized();
  const diagrams = rules.map(({ name = '', definition = [] }) => {
    return `<section id="${name}">\n<h2>${name}</h2>\n${row(definition)}\n</section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The grammar of Alloy configs</title>
<!-- Generated from the parser by packages/syntax/scripts/generate-grammar.ts; do not edit. -->
<style>${STYLE}
</style>
<h1>The grammar of Alloy configs</h1>
<p>Generated from pewter's parser. Read each track from left to right; what is written in a rounded box stands in the text,
a square box is another rule. Names, strings, numbers and the end of a statement are described in <a href="alloy.ebnf">alloy.ebnf</a>.</p>
${diagrams.join('\n')}
</html>
`;
}

function row(parts: readonly Part[]): string {
  return `<div class="row">${parts.map(box).join('')}</div>`;
}

function box(part: Part): string {
  const { type, name = '', definition = [] } = part;
  switch (type) {
    case 'Terminal':
      return `<span class="token">${terminal(name)}</span>`;
    case 'NonTerminal':
      return `<span class="rule"><a href="#${name}">${name}</a></span>`;
    case 'Option':
      return `<div class="maybe">${row(definition)}</div>`;
    case 'Repetition':
      return `<div class="again">${row(definition)}</div>`;
    case 'Alternation':
      return `<div class="choice">${definition.map(box).join('')}</div>`;
    default:
      return row(definition);
  }
}

/** The text of a token that has only one, else the name of its kind. */
function terminal(name: string): string {
  const label = vocabulary.find((type) => type.name === name)?.LABEL ?? '';
  return label.startsWith('"') ? label.slice(1, -1) : name;
}
