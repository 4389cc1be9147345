import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { showProgress } from './progress.ts';

const written = () => {
  const chunks: string[] = [];
  const stream = (terminal: boolean) => ({
    write: (text: string) => chunks.push(text),
    colors: false,
    terminal,
  });
  return { chunks, output: (terminal: boolean) => ({ stdout: stream(terminal), stderr: stream(terminal) }) };
};

describe('progress', () => {
  test('counts files on the last line of a terminal, and makes way for what is written', () => {
    const { chunks, output } = written();
    const progress = showProgress(60, output(true));
    progress.step();
    progress.output.stdout.write('text\n');
    progress.step();
    progress.end();
    progress.end();
    const erase = '\r\u001b[2K';
    assert.deepEqual(chunks, [`${erase}1 of 60 files`, erase, 'text\n', `${erase}2 of 60 files`, erase]);
  });

  test('is not shown for 50 files, nor where nobody watches', () => {
    const { chunks, output } = written();
    for (const progress of [showProgress(50, output(true)), showProgress(51, output(false))]) {
      progress.step();
      progress.end();
    }
    assert.deepEqual(chunks, []);
  });
});
