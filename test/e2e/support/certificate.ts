// A certificate that this machine signs for itself, so that a site of a story can be https: X.509 in DER, by hand.
import { generateKeyPairSync, sign } from 'node:crypto';

const bytes = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: Uint8Array[]): Buffer => bytes(0x30, ...parts);
const text = (words: string): Buffer => bytes(0x0c, Buffer.from(words));
const time = (written: string): Buffer => bytes(0x17, Buffer.from(written));
const integer = (...digits: number[]): Buffer => bytes(0x02, Buffer.from(digits));
/** An object identifier whose parts are all below 2 ** 14. */
const identifier = (first: number, second: number, ...rest: number[]): Buffer =>
  bytes(0x06, Buffer.from([40 * first + second, ...rest.flatMap((n) => (n < 128 ? [n] : [128 | (n >> 7), n & 127]))]));

/** Key and certificate in PEM, for a name that nobody checks: the browser of a story is told to ignore who signed. */
export function ownCertificate(name: string): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(identifier(1, 2, 840, 10045, 4, 3, 2));
  const named = sequence(bytes(0x31, sequence(identifier(2, 5, 4, 3), text(name))));
  const toSign = sequence(
    bytes(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    named,
    sequence(time('200101000000Z'), time('491231235959Z')),
    named,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = bytes(0x03, Buffer.from([0]), sign('sha256', toSign, privateKey));
  const body = sequence(toSign, ecdsaWithSha256, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
}
