import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate of 127.0.0.1 that vouches for itself. */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
  /** Where the certificate lies, for programs that are to trust it. */
  readonly file: string;
  remove(): void;
}

export function testCertificate(): TestCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-certificate-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=receiver',
  ];
  execFileSync(
    'openssl',
    ['req', '-x509', ...made, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', file],
    { stdio: 'ignore' },
  );
  return {
    ...{ key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
