import { parentPort } from 'node:worker_threads';
import { DatabaseError } from './database.ts';
import type {
  DatabaseAnswer,
  DatabaseRequest,
  NumberedAnswer,
  NumberedRequest,
} from './database-messages.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';
import { databaseError } from './sqlite-problem.ts';

/** How long what was written may stay off the disk itself under the policy `interval`, milliseconds. */
const checkpointInterval = 1_000;

interface OpenFile {
  readonly file: SqliteFile;
  readonly path: string;
  /** Waits for a checkpoint; undefined where nothing was written since the last one. */
  timer: NodeJS.Timeout | undefined;
}

const files = new Map<number, OpenFile>();
const done: DatabaseAnswer = { ok: true, answers: [], setAside: undefined };

const handlers: {
  [K in DatabaseRequest['kind']]: (request: DatabaseRequest & { kind: K }) => DatabaseAnswer;
} = {
  open({ file: number, path, options }) {
    const { file, setAside } = openSqliteFile(path, options, new Date());
    files.set(number, { file, path, timer: undefined });
    return { ok: true, answers: [], setAside };
  },
  transact({ file: number, steps }) {
    const open = files.get(number);
    if (open === undefined) throw new DatabaseError('other', 'the database is closed');
    const answers = open.file.transact(steps);
    open.timer ??= setTimeout(() => checkpoint(open), checkpointInterval);
    return { ok: true, answers, setAside: undefined };
  },
  close({ file: number }) {
    const open = files.get(number);
    files.delete(number);
    clearTimeout(open?.timer);
    open?.file.close();
    return done;
  },
};

/** What goes wrong here goes wrong again, and is told, at the next transaction. */
function checkpoint(open: OpenFile): void {
  open.timer = undefined;
  try {
    open.file.checkpoint();
  } catch {
    return;
  }
}

function handle(request: DatabaseRequest): DatabaseAnswer {
  try {
    return handlers[request.kind](request as never);
  } catch (thrown) {
    const { problem, message } = databaseError(thrown);
    return { ok: false, problem, message };
  }
}

parentPort?.on('message', ({ number, request }: NumberedRequest) => {
  const answer = handle(request);
  const bytes = answer.ok ? answer.answers.flat().flatMap((row) => Object.values(row)) : [];
  const moved = bytes.flatMap((value) => (value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []));
  parentPort?.postMessage({ number, answer } satisfies NumberedAnswer, [...new Set(moved)]);
});
