import { importGit } from './git.ts';
import { importHttp } from './http.ts';

/** All sources of modules that reach beyond this machine's files. */
export const remoteImports = [importHttp, importGit];
