/** What stands where a secret was. Equal secrets and unequal ones look the same. */
export const masked = '(masked)'

/** What stands before the password of an address, and the password. */
export const passwordInAddress = /(:\/\/[^\s/:@'"]{0,100}:)([^\s/@'"]{1,500})(?=@)/g

const secretName =
  /(?:^|[_.-])(?:password|passphrase|passwd|pass|pwd|secret|secret_string|secret_binary|(?:auth_?)?token|api_?key|access_?key|private_?key|secret_?key|credentials?)$/i
/** Switches, words for what is no secret, a single sign that only has to be there, and what is filled in from elsewhere, hide nothing. */
const noSecret =
  /^(?:true|false|yes|no|on|off|none|null|unused|\d?|\W|[$`].*|id=.*|arn:aws[\w-]*:.*|(?:[a-z]+[-_])*(?:dummy|fake|placeholder)(?:[-_][a-z]+)*)$/i
/** Where a secret lies is none, as above an ARN: an absolute path of more than one step, which ends with a name. */
const path = /^(?:\/[\w.@-]+)+\/[\w@-]+(?:\.\w+)*$/

/** True where a name says that its value is secret, and the value may be one. */
export function isSecretName(name: string, value: string): boolean {
  return secretName.test(name) && !noSecret.test(value) && !path.test(value)
}
