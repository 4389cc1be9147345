import type { Output } from '../../host.ts';
import type { Report } from '../report.ts';

/** Writes a report in one form. */
export type Reporter = (report: Report, output: Output) => void;
