/** Types under which pprof is served: Go's own handlers say octet-stream, others name gzip or protobuf. */
const accepted = [
  'application/octet-stream',
  'application/x-gzip',
  'application/gzip',
  'application/x-protobuf',
  'application/vnd.google.protobuf',
];

/** Whether a body of this Content-Type may be a profile; one without a type may be. */
export function mayBeProfile(contentType: string | undefined): boolean {
  if (contentType === undefined || contentType.trim() === '') return true;
  const lower = contentType.toLowerCase();
  return accepted.some((type) => lower.startsWith(type));
}
