/**
 * First halves of cmdlet names. An error without a position line is told by `Verb-Noun :` alone, so the verb must be
 * one: the approved verbs of PowerShell, those of its own older cmdlets, and some that scripts use all the same.
 * Lower case.
 */
const APPROVED = `
  add clear close copy enter exit find format get hide join lock move new open optimize pop push redo remove rename
  reset resize search select set show skip split step switch undo unlock watch connect disconnect read receive send
  write backup checkpoint compare compress convert convertfrom convertto dismount edit expand export group import
  initialize limit merge mount out publish restore save sync unpublish update debug measure ping repair resolve test
  trace approve assert build complete confirm deny deploy disable enable install invoke register request restart resume
  start stop submit suspend uninstall unregister wait block grant protect revoke unblock unprotect use`;

const USED = `
  foreach sort tee where apply call change check clean cleanup configure create delete download ensure execute fetch
  generate list load log modify prepare promote query recover refresh reboot renew retry rollback run setup shutdown
  terminate throw try upgrade upload validate verify`;

const VERBS = new Set(`${APPROVED} ${USED}`.trim().split(/\s+/));

/** Whether a word can be the verb of a cmdlet; `For Each` stands in a published page for `ForEach`. */
export function isVerb(word: string): boolean {
  return VERBS.has(word.replace(' ', '').toLowerCase());
}
