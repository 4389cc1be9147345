/** Why the server could not listen. */
export type ServerErrorCode =
  | 'port-in-use'
  | 'address-unavailable'
  | 'not-permitted'
  | 'listen-failed'
  | 'settings-unusable';

interface Reason {
  readonly code: ServerErrorCode;
  readonly what: string;
  readonly hint: string;
}

const reasons: Readonly<Record<string, Reason>> = {
  EADDRINUSE: {
    code: 'port-in-use',
    what: 'another program listens there already',
    hint: 'stop it, or choose another port (port 0 takes any that is free)',
  },
  EADDRNOTAVAIL: {
    code: 'address-unavailable',
    what: 'this machine has no such address',
    hint: 'listen on 127.0.0.1, on 0.0.0.0, or on an address of this machine',
  },
  ENOTFOUND: {
    code: 'address-unavailable',
    what: 'the host name cannot be resolved',
    hint: 'listen on 127.0.0.1, on 0.0.0.0, or on an address of this machine',
  },
  EACCES: {
    code: 'not-permitted',
    what: 'this user may not use that port',
    hint: 'choose a port above 1023',
  },
};

const otherwise: Reason = {
  code: 'listen-failed',
  what: 'the system refused it',
  hint: 'check the address and the port',
};

/** The server could not listen: an expected failure. `message` says where and why, `hint` what to do. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: ServerErrorCode;
  readonly hint: string;

  constructor(code: ServerErrorCode, message: string, hint: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }

  /** The error of listening on `address`, from what Node threw. */
  static from(error: unknown, address: string): ServerError {
    const system = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[system] ?? otherwise;
    return new ServerError(reason.code, `cannot listen on ${address}: ${reason.what}`, reason.hint, error);
  }

  /** The error of an `http` block that cannot be put into force, from what Node threw. */
  static unusable(error: unknown): ServerError {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = 'check the files, and that the key is the one of the certificate';
    return new ServerError('settings-unusable', `\`tls\` of \`http\` cannot be used: ${reason}`, hint, error);
  }
}
