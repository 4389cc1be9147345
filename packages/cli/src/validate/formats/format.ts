import type { Reporter } from './reporter.ts';

const load = {
  text: async () => (await import('./text.ts')).reportText,
  json: async () => (await import('./json.ts')).reportJson,
  github: async () => (await import('./github.ts')).reportGithub,
  sarif: async () => (await import('./sarif.ts')).reportSarif,
  junit: async () => (await import('./junit.ts')).reportJunit,
  checkstyle: async () => (await import('./checkstyle.ts')).reportCheckstyle,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

/** The name of a form of report. */
export type ReportFormat = keyof typeof load;

/** The names of all forms; what each needs is read when it is asked for. */
export const reportFormats = Object.keys(load) as readonly ReportFormat[];

/** The reporter of a form; only what that form needs is read. */
export function reporterOf(format: ReportFormat): Promise<Reporter> {
  return load[format]();
}
