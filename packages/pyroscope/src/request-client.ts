import type { HttpClient } from '@pewter/http-client';

/** What scrape and write need of an HTTP client. */
export type RequestClient = Pick<HttpClient, 'request' | 'close'>;
