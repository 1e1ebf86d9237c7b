/** Certificates in files: PEM, DER and PKCS#7. Private keys are never read. */
export { CERTIFICATES_LIMIT, readCertificates } from './read.js';
export { isCertificateFile, PRIVATE_KEY } from './recognise.js';
