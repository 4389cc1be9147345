import 'reflect-metadata';
import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 24 * 3600 * 1000;

interface Issued {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly key: string;
}

/** Whom a certificate is for. */
interface Subject {
  readonly name: string;
  /** Names and addresses that it may be reached by. */
  readonly reachedBy: readonly string[];
  readonly usage: ExtendedKeyUsage;
}

const subjects: Readonly<Record<string, Subject>> = {
  server: {
    name: 'localhost',
    reachedBy: ['localhost', '127.0.0.1', '127.0.0.2', '127.0.0.3'],
    usage: ExtendedKeyUsage.serverAuth,
  },
  named: {
    name: 'profiles.internal',
    reachedBy: ['profiles.internal'],
    usage: ExtendedKeyUsage.serverAuth,
  },
  client: { name: 'scraper', reachedBy: ['scraper'], usage: ExtendedKeyUsage.clientAuth },
};

/**
 * Makes an authority, certificates of its own for servers and a client, and a stranger's authority; writes them in PEM
 * form as `ca.pem`, `server.pem`, `server.key`, …, `other-ca.pem`. Valid for a day.
 */
export async function writeCertificates(folder: string): Promise<void> {
  const authority = await issueAuthority('Test CA');
  await writeFile(join(folder, 'ca.pem'), authority.certificate.toString('pem'));
  await writeFile(
    join(folder, 'other-ca.pem'),
    (await issueAuthority('Other CA')).certificate.toString('pem'),
  );
  for (const [file, subject] of Object.entries(subjects)) {
    const { certificate, key } = await issue(subject, authority);
    await writeFile(join(folder, `${file}.pem`), certificate.toString('pem'));
    await writeFile(join(folder, `${file}.key`), key);
  }
}

async function issueAuthority(name: string): Promise<Issued> {
  const { keys, key } = await keyPair();
  const extensions = [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
  const certificate = await X509CertificateGenerator.createSelfSigned(
    { name: `CN=${name}`, keys, signingAlgorithm: algorithm, ...validity(), extensions },
    webcrypto,
  );
  return { certificate, keys, key };
}

async function issue({ name, reachedBy, usage }: Subject, authority: Issued): Promise<Issued> {
  const { keys, key } = await keyPair();
  const alternatives = reachedBy.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const);
  const certificate = await X509CertificateGenerator.create(
    {
      subject: `CN=${name}`,
      issuer: authority.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: authority.keys.privateKey,
      signingAlgorithm: algorithm,
      ...validity(),
      extensions: [
        new BasicConstraintsExtension(false),
        new ExtendedKeyUsageExtension([usage]),
        new SubjectAlternativeNameExtension(alternatives),
      ],
    },
    webcrypto,
  );
  return { certificate, keys, key };
}

function validity() {
  return { notBefore: new Date(Date.now() - day / 24), notAfter: new Date(Date.now() + day) };
}

async function keyPair(): Promise<Pick<Issued, 'keys' | 'key'>> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const keys = { publicKey: imported(publicKey, 'verify'), privateKey: imported(privateKey, 'sign') };
  return { keys, key };
}

function imported(key: KeyObject, usage: 'sign' | 'verify'): webcrypto.CryptoKey {
  return key.toCryptoKey(algorithm, true, [usage]);
}
