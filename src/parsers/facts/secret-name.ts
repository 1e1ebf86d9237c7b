/** Names under which secrets stand. What has such a name yields no fact; the rest is masked before it is kept. */
const SECRET =
  /passw|kennwort|passphrase|passcode|\bpwd|pwd\b|secret|credential|mot de passe|contrase.a|senha|token|(?:api|account|access|shared|private|workspace)_?key/i;

/** Whether a key or property is named like a secret. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

/** Commands that show or ask for secrets: what they print is not looked at. */
export function isSecretCommand(typed: string): boolean {
  return /CcCredential|Get-Credential|DisplayPassword|SecureString|PSCredential|NetworkCredential|passw/i.test(typed);
}
